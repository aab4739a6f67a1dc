# Ridge regressions of several outputs on one design by the normal equations: (X'X + penalty I)^-1 X'Y. Reads the design of the penalised regressions.
d <- read.csv("../penalized/design.csv")
x <- as.matrix(d[, sprintf("x%02d", 4:70)])
y <- as.matrix(d[, c("x01", "x02", "x03", "continuous")])
wide <- scale(x, scale = FALSE); outputs <- scale(y, scale = FALSE)
rows <- NULL
add <- function(case, quantity, v) rows <<- rbind(rows, data.frame(case, quantity, index = seq_along(v) - 1, value = sprintf("%.14g", v)))
for (columns in c(67, 12)) for (penalty in c(0.5, 20, 1000)) {
  x1 <- wide[, 1:columns]
  b <- solve(crossprod(x1) + penalty * diag(columns), crossprod(x1, outputs))
  add(sprintf("%d-%g", columns, penalty), "fitted", as.vector(t(x1 %*% b)))   # row-major [subjects, outputs]
}
write.csv(rows, "ridge.csv", row.names = FALSE, quote = FALSE)
