# ComBat by sva. The stopping rule of sva's iteration is 1e-4; here it is 1e-12, so that what is compared is the solution. Case "default" has sva's own.
library(sva)
rows <- NULL
put <- function(case, quantity, values) {
  values <- as.vector(values)
  rows <<- rbind(rows, data.frame(case, quantity, index = seq_along(values), value = formatC(values, digits = 15, width = 1)))
}
set.seed(11)
batch <- rep(c("A", "B", "C"), times = c(8, 7, 9))
n <- length(batch)
features <- 25
sex <- rep(c(0, 1), length.out = n)
age <- round(runif(n, 30, 80))
shift <- matrix(rnorm(3 * features), 3) + c(0, 1.5, -1)
scale <- matrix(sqrt(1 / rgamma(3 * features, 6, 5)), 3)
b <- match(batch, c("A", "B", "C"))
data <- sapply(seq_len(features), function(f) round(5 + 0.8 * sex + 0.02 * age + shift[b, f] + scale[b, f] * rnorm(n), 4))
holes <- data
holes[cbind(c(2, 10, 20, 21), c(3, 3, 8, 9))] <- NA
put("input", "batch", b)
put("input", "covariates", as.vector(rbind(sex, age)))
put("input", "data", as.vector(t(data)))
put("input", "holes", as.vector(t(holes)))
mod <- model.matrix(~ sex + age)
run <- function(m, ...) as.vector(suppressMessages(ComBat(t(m), batch, ...)))
put("default", "adjusted", run(data, mod = mod))
strict <- sva:::it.sol
formals(strict)$conv <- 1e-12
assignInNamespace("it.sol", strict, "sva")
put("plain", "adjusted", run(data))
put("covariates", "adjusted", run(data, mod = mod))
put("reference", "adjusted", run(data, mod = mod, ref.batch = "B"))
put("holes", "adjusted", run(holes, mod = mod))
write.csv(rows, "combat.csv", row.names = FALSE, quote = FALSE)
cat(R.version.string, "sva", as.character(packageVersion("sva")), "\n")
