#include "report/density_grid.h"

#include <gsl/gsl_sort.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/numeric.h"

enum { NODES = CR_DENSITY_NODES, CELLS = NODES - 1, ALL = NODES * NODES };

/* Sums over people, for the width of the kernel. */
struct moments {
    double weight, x, y, xx, yy;
};

static double unit_place(const struct cr_chart_axis *axis, double value) {
    return (value - axis->from) / (axis->to - axis->from);
}

/* Shares the weight of a point out among the four nodes around it. */
static void add(struct cr_density_grid *grid, struct moments *moments, double u, double v, double weight) {
    if (!(u >= 0.0 && u <= 1.0 && v >= 0.0 && v <= 1.0) || !(weight > 0.0))
        return;
    const int i = (int)cr_min(u * CELLS, CELLS - 1), j = (int)cr_min(v * CELLS, CELLS - 1);
    const double right = u * CELLS - i, up = v * CELLS - j;
    double *node = grid->values + (size_t)j * NODES + (size_t)i;
    node[0] += weight * (1.0 - right) * (1.0 - up);
    node[1] += weight * right * (1.0 - up);
    node[NODES] += weight * (1.0 - right) * up;
    node[NODES + 1] += weight * right * up;
    moments->weight += weight;
    moments->x += weight * u;
    moments->y += weight * v;
    moments->xx += weight * u * u;
    moments->yy += weight * v * v;
}

static void count_quadrant(
    struct cr_density_grid *grid, const struct cr_chart_density *density, double x, double y, double weight) {
    if (weight > 0.0 && cr_chart_axis_takes(&density->x, x) && cr_chart_axis_takes(&density->y, y))
        grid->share[(x >= density->x_cut) + 2 * (y >= density->y_cut)] += weight;
}

static void add_people(struct cr_density_grid *grid, const struct cr_chart_density *density, struct moments *moments) {
    for (size_t i = 0; density->xs && i < density->count; i++) {
        const double u = unit_place(&density->x, density->xs[i]), v = unit_place(&density->y, density->ys[i]);
        add(grid, moments, u, v, 1.0);
        if (u >= 0.0 && u <= 1.0 && v >= 0.0 && v <= 1.0)
            count_quadrant(grid, density, density->xs[i], density->ys[i], 1.0);
    }
    for (size_t j = 0; !density->xs && density->counts && j < density->rows; j++)
        for (size_t i = 0; i < density->columns; i++) {
            const double u = ((double)i + 0.5) / (double)density->columns;
            const double v = ((double)j + 0.5) / (double)density->rows;
            const double weight = density->counts[j * density->columns + i];
            if (!isfinite(weight))
                continue;
            add(grid, moments, u, v, weight);
            count_quadrant(grid, density, density->x.from + u * (density->x.to - density->x.from),
                density->y.from + v * (density->y.to - density->y.from), weight);
        }
}

/* The standard deviation of the kernel along one axis, in cells. */
static double bandwidth(
    double told, const struct cr_chart_axis *axis, double weight, double sum, double squares, size_t cells_of_counts) {
    const double variance = cr_max(0.0, squares / weight - (sum / weight) * (sum / weight));
    double width = told > 0.0 ? told / (axis->to - axis->from) : sqrt(variance) * pow(weight, -1.0 / 6.0);
    if (cells_of_counts > 0)
        width = cr_max(width, 0.6 / (double)cells_of_counts);
    return cr_clamp(width * CELLS, 1.2, CELLS / 4.0);
}

/* Convolves one line of nodes with a Gaussian; beyond the ends stands its mirror image. */
static void blur(double *line, size_t stride, const double *kernel, int reach) {
    double old[NODES];
    for (int i = 0; i < NODES; i++)
        old[i] = line[(size_t)i * stride];
    for (int i = 0; i < NODES; i++) {
        double sum = kernel[0] * old[i];
        for (int k = 1; k <= reach; k++) {
            const int left = abs(i - k);
            const int right = i + k < NODES ? i + k : 2 * CELLS - i - k;
            sum += kernel[k] * (old[left] + old[right]);
        }
        line[(size_t)i * stride] = sum;
    }
}

static int make_kernel(double sd, double kernel[NODES]) {
    const int reach = (int)cr_min(ceil(3.5 * sd), CELLS);
    double sum = 0.0;
    for (int k = 0; k <= reach; k++) {
        kernel[k] = exp(-0.5 * k * k / (sd * sd));
        sum += k ? 2.0 * kernel[k] : kernel[k];
    }
    for (int k = 0; k <= reach; k++)
        kernel[k] /= sum;
    return reach;
}

static double half_at_border(int i) {
    return i == 0 || i == CELLS ? 0.5 : 1.0;
}

static void smooth(struct cr_density_grid *grid, const struct cr_chart_density *density, const struct moments *m) {
    double kernel[NODES];
    for (int j = 0; j < NODES; j++)
        for (int i = 0; i < NODES; i++)
            grid->values[j * NODES + i] *= (double)CELLS * CELLS / (half_at_border(i) * half_at_border(j) * m->weight);
    const size_t columns = density->xs ? 0 : density->columns, rows = density->xs ? 0 : density->rows;
    int reach = make_kernel(bandwidth(density->bandwidth, &density->x, m->weight, m->x, m->xx, columns), kernel);
    for (size_t j = 0; j < NODES; j++)
        blur(grid->values + j * NODES, 1, kernel, reach);
    reach = make_kernel(bandwidth(density->bandwidth, &density->y, m->weight, m->y, m->yy, rows), kernel);
    for (size_t i = 0; i < NODES; i++)
        blur(grid->values + i, NODES, kernel, reach);
}

int cr_density_grid_init(struct cr_density_grid *grid, const struct cr_chart_density *density, struct cr_error *error) {
    struct moments moments = {0};
    memset(grid, 0, sizeof *grid);
    grid->values = calloc(ALL, sizeof *grid->values);
    if (!grid->values)
        return cr_error_set(error, CR_ERROR_MEMORY, "no memory for a density of %d nodes", ALL);
    add_people(grid, density, &moments);
    grid->total = moments.weight;
    if (moments.weight > 0.0)
        smooth(grid, density, &moments);
    const bool cut = density->x_cut > density->x.from && density->x_cut < density->x.to &&
                     density->y_cut > density->y.from && density->y_cut < density->y.to;
    for (int q = 0; q < 4; q++)
        grid->share[q] = cut && grid->total > 0.0 ? grid->share[q] / grid->total : CR_MISSING;
    return 0;
}

void cr_density_grid_free(struct cr_density_grid *grid) {
    free(grid->values);
    memset(grid, 0, sizeof *grid);
}

int cr_density_grid_level(const struct cr_density_grid *grid, double share, double *level, struct cr_error *error) {
    size_t *order = malloc(ALL * sizeof *order);
    if (!order)
        return cr_error_set(error, CR_ERROR_MEMORY, "no memory for a density of %d nodes", ALL);
    gsl_sort_index(order, grid->values, 1, ALL);
    double mass = 0.0;
    for (int k = 0; k < ALL; k++)
        mass += grid->values[k] * half_at_border(k % NODES) * half_at_border(k / NODES);
    double held = 0.0;
    *level = 0.0;
    for (size_t k = ALL; k > 0 && held < share * mass; k--) {
        const int node = (int)order[k - 1];
        *level = grid->values[node];
        held += *level * half_at_border(node % NODES) * half_at_border(node / NODES);
    }
    free(order);
    return 0;
}
