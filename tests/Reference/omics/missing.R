# Pooling by Rubin's rules and the summary figures of multiple imputation, by mice; imputation itself is random, so its figures are compared as such.
library(mice)
rows <- NULL
put <- function(case, quantity, values) {
  values <- as.vector(values)
  rows <<- rbind(rows, data.frame(case, quantity, index = seq_along(values), value = formatC(values, digits = 15, width = 1)))
}
set.seed(7)
pool_case <- function(name, q, u, n, k) {
  p <- pool.scalar(q, u, n = n, k = k)
  put(name, "estimates", q)
  put(name, "variances", u)
  put(name, "complete-df", n - k)
  put(name, "pooled", c(p$qbar, p$ubar, p$b, p$t, p$df, p$r, p$fmi))
}
pool_case("five", c(1.02, 0.94, 1.15, 1.08, 0.97), c(0.04, 0.05, 0.045, 0.038, 0.052), 120, 4)
pool_case("small", c(-0.3, 0.1, 0.4), c(0.2, 0.25, 0.22), 15, 2)
pool_case("infinite", rnorm(20, 2, 0.3), runif(20, 0.1, 0.2), Inf, 1)
pool_case("little", c(5, 5.0001, 4.9999, 5), c(1, 1.01, 0.99, 1), 60, 3)

# A data set with values missing at random given x, and what mice makes of it with 200 imputations.
n <- 150
x <- round(rnorm(n), 3)
z <- round(0.5 * x + rnorm(n), 3)
y <- round(1 + 2 * x - z + rnorm(n), 3)
y[runif(n) < plogis(-1 + 1.2 * x)] <- NA
z[runif(n) < plogis(-1.5 - x)] <- NA
put("mar", "x", x); put("mar", "y", y); put("mar", "z", z)
data <- data.frame(x, y, z)
for (method in c("norm", "pmm")) {
  imputed <- mice(data, m = 200, method = method, maxit = 10, seed = 1, printFlag = FALSE)
  fit <- summary(pool(with(imputed, lm(y ~ x + z))))
  put(method, "estimate", fit$estimate)
  put(method, "std.error", fit$std.error)
  put(method, "fmi", pool(with(imputed, lm(y ~ x + z)))$pooled$fmi)
}
write.csv(rows, "missing.csv", row.names = FALSE, quote = FALSE)
cat(R.version.string, "mice", as.character(packageVersion("mice")), "\n")
