#ifndef CR_TESTS_UNSAFE_DISK_H
#define CR_TESTS_UNSAFE_DISK_H

#include <sqlite3.h>

#include "store_place.h"

/* A disk that loses what was not synced when the power fails, or that becomes full: a VFS of SQLite over the ordinary
 * one. What is written passes through, so that it can be read; apart from it each file is kept as it would be found
 * after a loss of power: what was synced, and of what was written since, any sectors and no others. Include after
 * cmocka.h. */

enum { UNSAFE_FILES_MAX = 8, UNSAFE_SECTOR = 512 };

/* A write, a truncation (data NULL) or a removal of the file that has not been synced. */
struct unsafe_change {
    char *data; /* owned */
    sqlite3_int64 offset, size;
    bool removes;
};

struct unsafe_name {
    char path[256];
    bool exists; /* as it was synced */
    char *bytes; /* owned */
    sqlite3_int64 size, capacity;
    struct unsafe_change *changes; /* owned; since then, in their order */
    size_t change_count;
};

static struct unsafe_disk {
    sqlite3_vfs vfs;
    sqlite3_vfs *real;
    sqlite3_io_methods methods;
    struct unsafe_name names[UNSAFE_FILES_MAX];
    size_t name_count;
    long operations; /* writes, truncations, removals and syncs so far */
    long fails_at;   /* the power fails at that operation; 0: never */
    bool off;
    sqlite3_int64 room; /* bytes by which files may still grow; negative: no end of them */
} unsafe_disk;

struct unsafe_file {
    sqlite3_file base;
    bool syncs_folder;        /* as SQLite's own VFS does when a new journal is synced for the first time */
    struct unsafe_name *name; /* NULL: a file that need not outlive anything */
    sqlite3_file *real;
};

/* Whether the power is still on after one more operation. */
static bool power_holds(void) {
    unsafe_disk.operations++;
    if (unsafe_disk.operations == unsafe_disk.fails_at)
        unsafe_disk.off = true;
    return !unsafe_disk.off;
}

static sqlite3_file *real_of(sqlite3_file *file) {
    return ((struct unsafe_file *)file)->real;
}

static struct unsafe_name *unsafe_name_of(const char *path) {
    for (size_t k = 0; k < unsafe_disk.name_count; k++)
        if (strcmp(unsafe_disk.names[k].path, path) == 0)
            return &unsafe_disk.names[k];
    assert_true(unsafe_disk.name_count < UNSAFE_FILES_MAX);
    struct unsafe_name *const name = &unsafe_disk.names[unsafe_disk.name_count++];
    memset(name, 0, sizeof *name);
    snprintf(name->path, sizeof name->path, "%s", path);
    if (exists(path)) { /* it was there before */
        size_t size;
        name->bytes = bytes_of(path, &size);
        name->size = name->capacity = (sqlite3_int64)size;
        name->exists = true;
    }
    return name;
}

static void add_change(struct unsafe_name *name, struct unsafe_change change) {
    name->changes = realloc(name->changes, (name->change_count + 1) * sizeof *name->changes);
    assert_non_null(name->changes);
    name->changes[name->change_count++] = change;
}

static void set_size(struct unsafe_name *name, sqlite3_int64 size) {
    if (size > name->capacity || name->bytes == NULL) {
        name->capacity = 2 * size + 4096;
        name->bytes = realloc(name->bytes, (size_t)name->capacity);
        assert_non_null(name->bytes);
    }
    if (size > name->size)
        memset(name->bytes + name->size, 0, (size_t)(size - name->size));
    name->size = size;
}

/* Brings a change to the disk; of a write only the sectors that chance picks, all with `luck` NULL. */
static void apply_change(struct unsafe_name *name, const struct unsafe_change *change, struct chance *luck) {
    if (change->removes) {
        name->exists = false;
        set_size(name, 0);
        return;
    }
    if (change->data == NULL) {
        if (luck == NULL || draw_chance(luck) < 0.5)
            set_size(name, change->size);
        name->exists = true;
        return;
    }
    name->exists = true;
    const sqlite3_int64 end = change->offset + change->size;
    for (sqlite3_int64 at = change->offset; at < end;) {
        const sqlite3_int64 sector_end = (at / UNSAFE_SECTOR + 1) * UNSAFE_SECTOR;
        const sqlite3_int64 next = luck != NULL && sector_end < end ? sector_end : end;
        if (luck == NULL || draw_chance(luck) < 0.5) {
            if (next > name->size)
                set_size(name, next);
            memcpy(name->bytes + at, change->data + (at - change->offset), (size_t)(next - at));
        }
        at = next;
    }
}

static void forget_changes(struct unsafe_name *name) {
    for (size_t k = 0; k < name->change_count; k++)
        free(name->changes[k].data);
    free(name->changes);
    name->changes = NULL;
    name->change_count = 0;
}

static int unsafe_write(sqlite3_file *file, const void *data, int size, sqlite3_int64 offset) {
    struct unsafe_name *const name = ((struct unsafe_file *)file)->name;
    sqlite3_int64 before = 0;
    if (unsafe_disk.off)
        return SQLITE_IOERR_WRITE;
    (void)real_of(file)->pMethods->xFileSize(real_of(file), &before);
    const sqlite3_int64 grows = offset + size > before ? offset + size - before : 0;
    if (unsafe_disk.room >= 0 && grows > unsafe_disk.room)
        return SQLITE_FULL;
    if (unsafe_disk.room >= 0)
        unsafe_disk.room -= grows;
    if (name != NULL) {
        char *const copy = malloc((size_t)size + 1);
        assert_non_null(copy);
        memcpy(copy, data, (size_t)size);
        add_change(name, (struct unsafe_change){.data = copy, .offset = offset, .size = size});
    }
    return power_holds() ? real_of(file)->pMethods->xWrite(real_of(file), data, size, offset) : SQLITE_IOERR_WRITE;
}

static int unsafe_truncate(sqlite3_file *file, sqlite3_int64 size) {
    struct unsafe_name *const name = ((struct unsafe_file *)file)->name;
    if (unsafe_disk.off)
        return SQLITE_IOERR_TRUNCATE;
    if (name != NULL)
        add_change(name, (struct unsafe_change){.size = size});
    return power_holds() ? real_of(file)->pMethods->xTruncate(real_of(file), size) : SQLITE_IOERR_TRUNCATE;
}

/* Makes it certain which files are gone. */
static void sync_folder(void) {
    for (size_t k = 0; k < unsafe_disk.name_count; k++) {
        struct unsafe_name *const name = &unsafe_disk.names[k];
        size_t gone = 0;
        for (size_t i = 0; i < name->change_count; i++)
            if (name->changes[i].removes)
                gone = i + 1;
        if (gone == 0)
            continue;
        apply_change(name, &name->changes[gone - 1], NULL);
        for (size_t i = 0; i < name->change_count; i++)
            if (i < gone)
                free(name->changes[i].data);
            else
                name->changes[i - gone] = name->changes[i];
        name->change_count -= gone;
    }
}

/* The power may fail before the sync, not within it. The real disk need not be troubled. */
static int unsafe_sync(sqlite3_file *file, int flags) {
    struct unsafe_file *const synced = (struct unsafe_file *)file;
    struct unsafe_name *const name = synced->name;
    (void)flags;
    if (unsafe_disk.off || !power_holds())
        return SQLITE_IOERR_FSYNC;
    if (synced->syncs_folder)
        sync_folder();
    synced->syncs_folder = false;
    for (size_t k = 0; name != NULL && k < name->change_count; k++)
        apply_change(name, &name->changes[k], NULL);
    if (name != NULL)
        forget_changes(name);
    return SQLITE_OK;
}

static int unsafe_close(sqlite3_file *file) {
    return real_of(file)->pMethods->xClose(real_of(file));
}

static int unsafe_read(sqlite3_file *file, void *data, int size, sqlite3_int64 offset) {
    return unsafe_disk.off ? SQLITE_IOERR_READ : real_of(file)->pMethods->xRead(real_of(file), data, size, offset);
}

static int unsafe_file_size(sqlite3_file *file, sqlite3_int64 *size) {
    return real_of(file)->pMethods->xFileSize(real_of(file), size);
}

static int unsafe_lock(sqlite3_file *file, int level) {
    return real_of(file)->pMethods->xLock(real_of(file), level);
}

static int unsafe_unlock(sqlite3_file *file, int level) {
    return real_of(file)->pMethods->xUnlock(real_of(file), level);
}

static int unsafe_check_lock(sqlite3_file *file, int *out) {
    return real_of(file)->pMethods->xCheckReservedLock(real_of(file), out);
}

static int unsafe_control(sqlite3_file *file, int what, void *argument) {
    return real_of(file)->pMethods->xFileControl(real_of(file), what, argument);
}

static int unsafe_sector_size(sqlite3_file *file) {
    return real_of(file)->pMethods->xSectorSize(real_of(file));
}

static int unsafe_characteristics(sqlite3_file *file) {
    return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}

static int unsafe_shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **memory) {
    return real_of(file)->pMethods->xShmMap(real_of(file), page, size, extend, memory);
}

static int unsafe_shm_lock(sqlite3_file *file, int offset, int count, int flags) {
    return real_of(file)->pMethods->xShmLock(real_of(file), offset, count, flags);
}

static void unsafe_shm_barrier(sqlite3_file *file) {
    real_of(file)->pMethods->xShmBarrier(real_of(file));
}

static int unsafe_shm_unmap(sqlite3_file *file, int removes) {
    return real_of(file)->pMethods->xShmUnmap(real_of(file), removes);
}

static int unsafe_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *out_flags) {
    struct unsafe_file *const opened = (struct unsafe_file *)file;
    (void)vfs;
    opened->base.pMethods = NULL;
    if (unsafe_disk.off)
        return SQLITE_CANTOPEN;
    opened->real = (sqlite3_file *)(opened + 1);
    opened->name = path != NULL && (flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL)) != 0
                       ? unsafe_name_of(path)
                       : NULL;
    opened->syncs_folder = path != NULL && (flags & (SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL)) != 0 && !exists(path);
    const int status = unsafe_disk.real->xOpen(unsafe_disk.real, path, opened->real, flags, out_flags);
    if (status == SQLITE_OK)
        opened->base.pMethods = &unsafe_disk.methods;
    return status;
}

static int unsafe_delete(sqlite3_vfs *vfs, const char *path, int syncs_folder) {
    (void)vfs;
    if (unsafe_disk.off)
        return SQLITE_IOERR_DELETE;
    struct unsafe_name *const name = unsafe_name_of(path);
    add_change(name, (struct unsafe_change){.removes = true});
    if (!power_holds())
        return SQLITE_IOERR_DELETE;
    if (syncs_folder)
        sync_folder();
    return unsafe_disk.real->xDelete(unsafe_disk.real, path, syncs_folder);
}

/* Makes it the disk of all databases that are opened from now on. */
static void unsafe_disk_begin(long fails_at, sqlite3_int64 room) {
    assert_int_equal(sqlite3_initialize(), SQLITE_OK);
    memset(&unsafe_disk, 0, sizeof unsafe_disk);
    unsafe_disk.real = sqlite3_vfs_find(NULL);
    unsafe_disk.fails_at = fails_at;
    unsafe_disk.room = room;
    unsafe_disk.vfs = *unsafe_disk.real;
    unsafe_disk.vfs.pNext = NULL;
    unsafe_disk.vfs.zName = "unsafe";
    unsafe_disk.vfs.szOsFile += (int)sizeof(struct unsafe_file);
    unsafe_disk.vfs.xOpen = unsafe_open;
    unsafe_disk.vfs.xDelete = unsafe_delete;
    unsafe_disk.methods = (sqlite3_io_methods){.iVersion = 2,
        .xClose = unsafe_close,
        .xRead = unsafe_read,
        .xWrite = unsafe_write,
        .xTruncate = unsafe_truncate,
        .xSync = unsafe_sync,
        .xFileSize = unsafe_file_size,
        .xLock = unsafe_lock,
        .xUnlock = unsafe_unlock,
        .xCheckReservedLock = unsafe_check_lock,
        .xFileControl = unsafe_control,
        .xSectorSize = unsafe_sector_size,
        .xDeviceCharacteristics = unsafe_characteristics,
        .xShmMap = unsafe_shm_map,
        .xShmLock = unsafe_shm_lock,
        .xShmBarrier = unsafe_shm_barrier,
        .xShmUnmap = unsafe_shm_unmap};
    assert_int_equal(sqlite3_vfs_register(&unsafe_disk.vfs, 1), SQLITE_OK);
}

/* Of a file that was removed, but not for certain, either the old one is there or what came after it. */
static void settle(struct unsafe_name *name, struct chance *luck) {
    size_t first = 0, end = name->change_count;
    for (size_t k = 0; k < name->change_count; k++)
        if (name->changes[k].removes) {
            if (draw_chance(luck) < 0.5) {
                end = k;
                break;
            }
            first = k;
        }
    for (size_t k = first; k < end; k++)
        apply_change(name, &name->changes[k], luck);
}

/* Ends it: the ordinary disk is back. If the power has failed, its files are what is found afterwards. */
static void unsafe_disk_end(struct chance *luck) {
    assert_int_equal(sqlite3_vfs_unregister(&unsafe_disk.vfs), SQLITE_OK);
    for (size_t k = 0; k < unsafe_disk.name_count; k++) {
        struct unsafe_name *const name = &unsafe_disk.names[k];
        if (unsafe_disk.off) {
            char shared[300];
            settle(name, luck);
            (void)unlink(name->path);
            snprintf(shared, sizeof shared, "%s-shm", name->path);
            (void)unlink(shared);
            if (name->exists)
                put_bytes(name->path, name->size > 0 ? name->bytes : "", (size_t)name->size);
        }
        forget_changes(name);
        free(name->bytes);
    }
}

#endif
