# How often 95 % intervals of mice hold the known coefficient, when the covariate is missing the more often the higher the outcome is.
library(mice)
set.seed(4)
rows <- NULL
for (method in c("norm", "pmm")) {
  inside <- 0; bias <- 0; replicates <- 400
  for (r in seq_len(replicates)) {
    n <- 150
    x <- rnorm(n); z <- 0.5 * x + rnorm(n); y <- 0.5 + x + z + rnorm(n)
    z[runif(n) < plogis(y - 0.5)] <- NA
    imputed <- mice(data.frame(x, y, z), m = 10, method = method, maxit = 5, printFlag = FALSE)
    fit <- summary(pool(with(imputed, lm(y ~ x + z))), conf.int = TRUE)
    inside <- inside + (fit[3, "2.5 %"] <= 1 && 1 <= fit[3, "97.5 %"])
    bias <- bias + (fit$estimate[3] - 1) / replicates
  }
  rows <- rbind(rows, data.frame(case = method, quantity = c("coverage", "bias"), index = 1, value = formatC(c(inside / replicates, bias), digits = 6)))
}
write.csv(rows, "coverage.csv", row.names = FALSE, quote = FALSE)
print(rows)
