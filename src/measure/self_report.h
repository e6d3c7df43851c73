#ifndef CR_MEASURE_SELF_REPORT_H
#define CR_MEASURE_SELF_REPORT_H

#include "model/population.h"
#include "model/setting.h"

/* What people tell of themselves: the ECR scales of attachment anxiety and avoidance (Brennan, Clark & Shaver 1998),
 * and satisfaction. Ratings carry error. Styles are cuts through the ratings and enter nothing but measures. */

/* The four styles of Bartholomew & Horowitz (1991), by the two cuts. */
enum cr_style {
    CR_STYLE_SECURE,
    CR_STYLE_PREOCCUPIED,
    CR_STYLE_DISMISSING,
    CR_STYLE_FEARFUL,
    CR_STYLES,
    CR_STYLE_NONE = -1
};
extern const char *const cr_style_names[CR_STYLES];

/* The three paragraphs of Hazan & Shaver (1987). */
enum cr_paragraph { CR_PARAGRAPH_SECURE, CR_PARAGRAPH_AVOIDANT, CR_PARAGRAPH_ANXIOUS, CR_PARAGRAPHS };
extern const char *const cr_paragraph_names[CR_PARAGRAPHS];

struct cr_ecr {
    double anxiety, avoidance; /* 1-7 */
};

/* (56)-(57) The ECR as person `i` answers it in the present week. Anxiety asks for doubts of one's worth, for clinging
 * and pleasing, for strain, and for fear of being hurt; avoidance for keeping one's needs to oneself, for not counting
 * on comfort, and for expecting rebuff; both about partners in general, coloured by the present one
 * (ecr.partner_weight). */
struct cr_ecr cr_self_report_ecr(const struct cr_setting *setting, const struct cr_population *people, uint32_t i);

/* The same without the error of rating: where the person truly stands. For anybody alive, children included, whom no
 * questionnaire asks. */
struct cr_ecr cr_self_report_index(const struct cr_setting *setting, const struct cr_population *people, uint32_t i);

/* (58) Satisfaction with the present relationship as rated; NaN without one. */
double cr_self_report_satisfaction(const struct cr_setting *setting, const struct cr_population *people, uint32_t i);

/* The style by the cuts of `parameters`; CR_STYLE_NONE if a rating is missing (NaN). */
enum cr_style cr_self_report_style(const struct cr_parameters *parameters, double anxiety, double avoidance);

/* The paragraph that is chosen: secure below both cuts, otherwise the one whose cut is exceeded further. */
enum cr_paragraph cr_self_report_paragraph(const struct cr_parameters *parameters, double anxiety, double avoidance);

#endif
