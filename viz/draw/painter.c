#include "viz/draw/painter.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

/* How much the thread gives way to others, of 0 to 19. */
enum { NICENESS = 10 };

struct place {
    struct cr_painter_order order; /* waiting, if it has a subject to draw */
    bool waiting, drawing;
    cairo_surface_t *picture; /* finished and not handed over */
    struct cr_error error;
};

struct cr_painter {
    pthread_t thread;
    pthread_mutex_t lock; /* of all below */
    pthread_cond_t ordered, drawn;
    bool ending;
    size_t next; /* the place that is looked at first, so that each has its turn */
    size_t count;
    struct place *places; /* owned */
};

/* Nothing needs a thread that is as urgent as the frames. On Linux this is of the calling thread alone. */
static void give_way(void) {
#ifdef __linux__
    (void)setpriority(PRIO_PROCESS, 0, NICENESS);
#endif
}

static struct place *next_order(struct cr_painter *painter) {
    for (size_t k = 0; k < painter->count; k++) {
        const size_t at = (painter->next + k) % painter->count;
        if (painter->places[at].waiting) {
            painter->next = at + 1;
            return &painter->places[at];
        }
    }
    return NULL;
}

static cairo_surface_t *carry_out(const struct cr_painter_order *order, struct cr_error *error) {
    cairo_surface_t *surface = cairo_image_surface_create(
        order->transparent ? CAIRO_FORMAT_ARGB32 : CAIRO_FORMAT_RGB24, order->width, order->height);
    cairo_t *cairo = cairo_create(surface);
    int status = order->draw(order->subject, cairo, order->width, order->height, error);
    if (status == 0 && cairo_status(cairo) != CAIRO_STATUS_SUCCESS)
        status = cr_error_set(error, CR_ERROR_MEMORY, "cannot draw a picture of %d x %d pixels: %s", order->width,
            order->height, cairo_status_to_string(cairo_status(cairo)));
    cairo_destroy(cairo);
    cairo_surface_flush(surface);
    if (status == 0)
        return surface;
    cairo_surface_destroy(surface);
    return NULL;
}

static void finish(struct place *place, cairo_surface_t *picture, const struct cr_error *error) {
    place->drawing = false;
    place->error = *error;
    if (picture == NULL)
        return;
    if (place->picture != NULL)
        cairo_surface_destroy(place->picture);
    place->picture = picture;
}

static void *paint(void *context) {
    struct cr_painter *const painter = context;
    give_way();
    pthread_mutex_lock(&painter->lock);
    while (!painter->ending) {
        struct place *const place = next_order(painter);
        if (place == NULL) {
            pthread_cond_wait(&painter->ordered, &painter->lock);
            continue;
        }
        const struct cr_painter_order order = place->order;
        struct cr_error error = {0};
        place->waiting = false;
        place->drawing = true;
        pthread_mutex_unlock(&painter->lock);
        cairo_surface_t *const picture = carry_out(&order, &error);
        order.let_go(order.subject);
        pthread_mutex_lock(&painter->lock);
        finish(place, picture, &error);
        pthread_cond_broadcast(&painter->drawn);
    }
    pthread_mutex_unlock(&painter->lock);
    return NULL;
}

static void forget(struct cr_painter *painter) {
    for (size_t k = 0; k < painter->count; k++) {
        struct place *const place = &painter->places[k];
        if (place->waiting)
            place->order.let_go(place->order.subject);
        if (place->picture != NULL)
            cairo_surface_destroy(place->picture);
    }
    pthread_cond_destroy(&painter->ordered);
    pthread_cond_destroy(&painter->drawn);
    pthread_mutex_destroy(&painter->lock);
    free(painter->places);
    free(painter);
}

struct cr_painter *cr_painter_new(size_t places, struct cr_error *error) {
    struct cr_painter *const painter = calloc(1, sizeof *painter);
    struct place *const made = calloc(places, sizeof *made);
    if (painter == NULL || made == NULL) {
        free(painter);
        free(made);
        cr_error_set(error, CR_ERROR_MEMORY, "not enough memory for the panels");
        return NULL;
    }
    painter->places = made;
    painter->count = places;
    pthread_mutex_init(&painter->lock, NULL);
    pthread_cond_init(&painter->ordered, NULL);
    pthread_cond_init(&painter->drawn, NULL);
    const int status = pthread_create(&painter->thread, NULL, paint, painter);
    if (status != 0) {
        forget(painter);
        cr_error_set(error, CR_ERROR_IO, "cannot start a thread that draws the panels: %s", strerror(status));
        return NULL;
    }
    return painter;
}

void cr_painter_free(struct cr_painter *painter) {
    if (painter == NULL)
        return;
    pthread_mutex_lock(&painter->lock);
    painter->ending = true;
    pthread_cond_signal(&painter->ordered);
    pthread_mutex_unlock(&painter->lock);
    pthread_join(painter->thread, NULL);
    forget(painter);
}

void cr_painter_order(struct cr_painter *painter, size_t place, const struct cr_painter_order *order) {
    struct place *const at = &painter->places[place];
    pthread_mutex_lock(&painter->lock);
    const struct cr_painter_order old = at->order;
    const bool replaced = at->waiting;
    at->order = *order;
    at->waiting = true;
    pthread_cond_signal(&painter->ordered);
    pthread_mutex_unlock(&painter->lock);
    if (replaced)
        old.let_go(old.subject);
}

bool cr_painter_busy(struct cr_painter *painter, size_t place) {
    pthread_mutex_lock(&painter->lock);
    const bool busy = painter->places[place].waiting || painter->places[place].drawing;
    pthread_mutex_unlock(&painter->lock);
    return busy;
}

bool cr_painter_ready(struct cr_painter *painter, size_t place) {
    pthread_mutex_lock(&painter->lock);
    const bool ready = painter->places[place].picture != NULL || painter->places[place].error.code != 0;
    pthread_mutex_unlock(&painter->lock);
    return ready;
}

cairo_surface_t *cr_painter_take(struct cr_painter *painter, size_t place, struct cr_error *error) {
    struct place *const at = &painter->places[place];
    pthread_mutex_lock(&painter->lock);
    cairo_surface_t *const picture = at->picture;
    *error = at->error;
    at->picture = NULL;
    at->error = (struct cr_error){0};
    pthread_mutex_unlock(&painter->lock);
    return picture;
}

static bool all_drawn(const struct cr_painter *painter) {
    for (size_t k = 0; k < painter->count; k++)
        if (painter->places[k].waiting || painter->places[k].drawing)
            return false;
    return true;
}

void cr_painter_wait(struct cr_painter *painter) {
    pthread_mutex_lock(&painter->lock);
    while (!all_drawn(painter))
        pthread_cond_wait(&painter->drawn, &painter->lock);
    pthread_mutex_unlock(&painter->lock);
}
