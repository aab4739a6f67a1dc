# Calibration by glm, Spearman's correlation by cor, and the corrected t interval from its formula; reads cases.csv, writes calibration.csv.
# Run in this folder: Rscript calibration.R
d <- read.csv("cases.csv")
logit <- qlogis(d$p)
tight <- glm.control(epsilon = 1e-14)
slope <- coef(glm(d$y ~ logit, family = binomial, control = tight))[[2]]
intercept <- coef(glm(d$y ~ offset(logit), family = binomial, control = tight))[[1]]
spearman <- cor(d$x, d$z, method = "spearman")
# Nadeau and Bengio 2003: the first 15 values of x as differences over splits of 80 training and 20 test subjects.
v <- d$x[1:15]
half <- qt(0.975, 14) * sqrt(var(v) * (1 / 15 + 20 / 80))
p <- 2 * pt(-abs(mean(v) / sqrt(var(v) * (1 / 15 + 20 / 80))), 14)
write.csv(data.frame(case = "calibration", quantity = c("slope", "intercept", "spearman", "corrected.t", "corrected.t", "corrected.t", "corrected.t"),
                     index = c(1, 1, 1, 1:4), value = sprintf("%.14g", c(slope, intercept, spearman, mean(v), mean(v) - half, mean(v) + half, p))),
          "calibration.csv", row.names = FALSE, quote = FALSE)
