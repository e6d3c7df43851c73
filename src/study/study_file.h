#ifndef CR_STUDY_STUDY_FILE_H
#define CR_STUDY_STUDY_FILE_H

#include "study/study.h"

/* Studies from libconfig files. A file may hold
 *
 *     name = "mix_by_strength";            a word; else the file's own name without ".cfg"
 *     title = "Shares and strength";       one sentence; else empty
 *     scenario = "../scenarios/mix.cfg";   what every run begins from, relative to this file; else all defaults
 *     people = 1000;                       run.people; likewise years, replicates and seed
 *     set = ["couple.fit_weight=1.0"];     further changes of the scenario, carried out in order after these
 *     design = "factorial";                and the other settings of study/study.def that the design takes
 *     axes = (
 *         { key = "profile.rejecting.share"; values = [0.0, 0.2, 0.4]; },
 *         { key = "prototype.strength"; low = 0.1; high = 1.0; steps = 4; scale = "log"; } );
 *     measures = ["ssp_share", "style_share:secure"];     what to keep: a measure, or a group of one; else all
 *     series = ["satisfaction:all"];                      time courses likewise, or true for all; else none
 *
 * An axis of numbers has values, or low and high: for factorial and zip with steps, as many values (scale "log": by
 * equal ratios); for the other designs without, as the range. An axis of words or truth values has values or, for all
 * of them, nothing; designs that take ranges want nothing. [ ] must hold numbers of one kind, as libconfig has it
 * (0.0 beside 0.5); ( ) need not. For design table there is, instead of axes, table = "points.csv", relative to this
 * file: study/study_table.h.
 *
 * Refused, with file, line, allowed range and the nearest name: everything unknown, out of its range or of another
 * type, and settings that the chosen design does not take. */

/* Fills `study` (any content) from a file and checks it. The caller frees it, also after a failure. CR_ERROR_CONFIG,
 * CR_ERROR_IO, CR_ERROR_MEMORY. */
CR_NODISCARD int cr_study_read(const char *path, struct cr_study *study, struct cr_error *error);

/* Whether the file is a study and not a scenario: a readable config file in which scenario, design, axes or table
 * stands at the top, which no scenario may hold. */
bool cr_study_file_is(const char *path);

#endif
