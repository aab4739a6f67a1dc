# Intervals of boot::boot.ci from fixed replicates of a mean, with the jackknife acceleration of empinf(type = "jack").
# One stratum: boot's acceleration leaves out the stratum sizes that [Davison1997] puts into equation 5.24 for several samples.
library(boot)
g <- read.csv("../data/gbsg.csv")
set.seed(20240607)
b <- boot(g$pgr, function(d, i) mean(d[i]), R = 999)
L <- empinf(b, type = "jack")
p <- boot.ci(b, type = "perc")$percent[4:5]
a <- boot.ci(b, type = "bca", L = L)$bca[4:5]
write.csv(data.frame(replicate = sprintf("%.17g", b$t[, 1])), "bootstrap-replicates.csv", row.names = FALSE, quote = FALSE)
acceleration <- sum(L^3) / (6 * sum(L^2)^1.5)
write.csv(data.frame(name = c("t0", "percentileLower", "percentileUpper", "bcaLower", "bcaUpper", "acceleration"),
  value = sprintf("%.17g", c(b$t0, p, a, acceleration))), "bootstrap.csv", row.names = FALSE, quote = FALSE)
