# Draws docs/figures/baseline.png from the files of a run:
#   cradle run configs/baseline.cfg --out out && Rscript docs/figures/baseline.R out docs/figures/baseline.png
arguments <- commandArgs(trailingOnly = TRUE)
folder <- arguments[1]
measures <- read.csv(file.path(folder, "measures.csv"))
people <- read.csv(file.path(folder, "people.csv"))
series <- read.csv(file.path(folder, "series.csv"))

ink <- "#222222"
blue <- "#0072B2"; orange <- "#E69F00"; green <- "#009E73"; red <- "#D55E00" # Okabe & Ito: told apart by the colour-blind
png(arguments[2], width = 1800, height = 1300, res = 150, type = "cairo")
par(mfrow = c(2, 2), mar = c(4.2, 4.4, 3, 1.2), col.axis = ink, col.lab = ink, col.main = ink, las = 1,
    cex.main = 1.15, cex.lab = 1.05, font.main = 1, bty = "l")

take <- function(name, groups) {
  rows <- measures[measures$measure == name, ]
  rows[match(groups, rows$group), ]
}

classes <- take("ssp_share", c("B", "A", "C", "D"))
published <- c(0.516, 0.147, 0.102, 0.235)
at <- barplot(rbind(classes$value, published), beside = TRUE, ylim = c(0, 0.62), col = c(blue, "#BBBBBB"), border = NA,
              names.arg = c("secure\n(B)", "avoidant\n(A)", "resistant\n(C)", "disorganized\n(D)"),
              main = "Infants in the Strange Situation", ylab = "share of infants", mgp = c(3, 1.1, 0), cex.names = 0.95)
arrows(at[1, ], classes$value - 1.96 * classes$se, at[1, ], classes$value + 1.96 * classes$se, angle = 90, code = 3,
       length = 0.03, col = ink)
legend("topright", c("simulated, 95 % interval", "published"), fill = c(blue, "#BBBBBB"), border = NA, bty = "n")

grown <- people[!is.na(people$anxiety_end), ]
smoothScatter(grown$anxiety_end, grown$avoidance_end, nrpoints = 0, useRaster = TRUE, xlim = c(1, 7), ylim = c(1, 7),
              colramp = colorRampPalette(c("white", "#CFE3F1", blue, "#00304D")),
              xlab = "attachment anxiety (ECR, 1-7)", ylab = "attachment avoidance (ECR, 1-7)",
              main = "Adults at their last survey")
abline(h = 4, v = 4, col = "#888888", lty = 3)
text(c(1.1, 6.9, 1.1, 6.9), c(1.2, 1.2, 6.8, 6.8), c("secure", "preoccupied", "dismissing", "fearful"),
     adj = c(0, 0.5), pos = c(4, 2, 4, 2), col = ink)

years <- c(1, 2, 3, 5, 10, 15, 20)
pairings <- c("secure-secure", "secure-insecure", "insecure-insecure")
colours <- c(blue, green, red)
plot(NULL, xlim = c(0, 20), ylim = c(0, 1), xlab = "years since the start", ylab = "share that still lasts",
     main = "Relationships, by the partners' styles before them")
for (k in 1:3) {
  rows <- take("relationship_survival", paste(pairings[k], years))
  lines(c(0, years), c(1, rows$value), col = colours[k], lwd = 2.5, lty = k)
  points(years, rows$value, col = colours[k], pch = 14 + k)
}
legend("topright", c("both secure", "one insecure", "both insecure"), col = colours, lwd = 2.5, lty = 1:3,
       pch = 15:17, bty = "n")

earned <- series[series$measure == "earned_security" & series$group == "all" & !is.na(series$value), ]
worth <- series[series$measure == "partnered_share" & series$group == "all" & !is.na(series$value), ]
plot(NULL, xlim = c(18, max(earned$year)), ylim = c(0, 1), xlab = "year of the run (births in years 0 to 10)",
     ylab = "share", main = "Earned security and partnership over time")
lines(worth$year, worth$value, col = orange, lwd = 2.5, lty = 2)
lines(earned$year, earned$value, col = blue, lwd = 2.5)
legend("topleft", c("adults with a partner", "of the once insecure: have earned security"), col = c(orange, blue),
       lwd = 2.5, lty = c(2, 1), bty = "n")
invisible(dev.off())
