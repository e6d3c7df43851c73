#include "report/contour.h"

#include <math.h>
#include <stdbool.h>

struct point {
    double x, y;
};

/* A cell's corners, walking around it from the lower left. */
struct cell {
    struct point corners[4];
    double values[4];
    bool whole; /* no value is missing */
    int inside; /* how many corners are at least `level` */
};

static struct cell cell_at(const struct cr_grid *grid, size_t column, size_t row, double level) {
    static const size_t across[] = {0, 1, 1, 0}, up[] = {0, 0, 1, 1};
    const double width = grid->rect.width / (double)(grid->columns - 1);
    const double height = grid->rect.height / (double)(grid->rows - 1);
    struct cell cell = {.whole = true};
    for (int k = 0; k < 4; k++) {
        const size_t i = column + across[k], j = row + up[k];
        cell.corners[k] =
            (struct point){grid->rect.x + width * (double)i, cr_rect_bottom(grid->rect) - height * (double)j};
        cell.values[k] = grid->values[j * grid->columns + i];
        cell.whole = cell.whole && isfinite(cell.values[k]);
        cell.inside += cell.values[k] >= level;
    }
    return cell;
}

static struct point crossing(const struct cell *cell, int from, int to, double level) {
    const double t = (level - cell->values[from]) / (cell->values[to] - cell->values[from]);
    return (struct point){cell->corners[from].x + t * (cell->corners[to].x - cell->corners[from].x),
        cell->corners[from].y + t * (cell->corners[to].y - cell->corners[from].y)};
}

static void add_part(cairo_t *cairo, const struct cell *cell, double level) {
    cairo_new_sub_path(cairo);
    for (int k = 0; k < 4; k++) {
        const int next = (k + 1) % 4;
        const bool here = cell->values[k] >= level, there = cell->values[next] >= level;
        if (here)
            cairo_line_to(cairo, cell->corners[k].x, cell->corners[k].y);
        if (here != there) {
            const struct point point = crossing(cell, k, next, level);
            cairo_line_to(cairo, point.x, point.y);
        }
    }
    cairo_close_path(cairo);
}

/* Cells that lie wholly inside are joined along a row. All parts turn the same way, so that their union is filled
 * without seams. */
void cr_contour_fill(cairo_t *cairo, const struct cr_grid *grid, double level) {
    for (size_t row = 0; row + 1 < grid->rows; row++)
        for (size_t column = 0; column + 1 < grid->columns; column++) {
            struct cell cell = cell_at(grid, column, row, level);
            if (!cell.whole || cell.inside == 0)
                continue;
            if (cell.inside < 4) {
                add_part(cairo, &cell, level);
                continue;
            }
            const struct cell first = cell;
            while (column + 2 < grid->columns) {
                const struct cell next = cell_at(grid, column + 1, row, level);
                if (!next.whole || next.inside < 4)
                    break;
                cell = next;
                column++;
            }
            cairo_new_sub_path(cairo);
            cairo_line_to(cairo, first.corners[0].x, first.corners[0].y);
            cairo_line_to(cairo, cell.corners[1].x, cell.corners[1].y);
            cairo_line_to(cairo, cell.corners[2].x, cell.corners[2].y);
            cairo_line_to(cairo, first.corners[3].x, first.corners[3].y);
            cairo_close_path(cairo);
        }
}

void cr_contour_line(cairo_t *cairo, const struct cr_grid *grid, double level) {
    for (size_t row = 0; row + 1 < grid->rows; row++)
        for (size_t column = 0; column + 1 < grid->columns; column++) {
            const struct cell cell = cell_at(grid, column, row, level);
            if (!cell.whole || cell.inside == 0 || cell.inside == 4)
                continue;
            bool open = false;
            for (int k = 0; k < 4; k++) {
                const int next = (k + 1) % 4;
                if ((cell.values[k] >= level) == (cell.values[next] >= level))
                    continue;
                const struct point point = crossing(&cell, k, next, level);
                if (open)
                    cairo_line_to(cairo, point.x, point.y);
                else
                    cairo_move_to(cairo, point.x, point.y);
                open = !open;
            }
        }
}
