# Quantiles and tails of R, written with 17 digits: distribution, function, argument, degrees of freedom, value.
rows <- rbind(
  data.frame(f = "qnorm", x = c(1e-300, 1e-20, 1e-5, 0.025, 0.3, 0.5, 0.75, 0.975, 1 - 1e-9), df = 0),
  data.frame(f = "pnorm", x = c(-38, -8, -1.96, -0.1, 0, 0.5, 3), df = 0),
  data.frame(f = "pchisq", x = rep(c(0.1, 3.84, 30, 200), 3), df = rep(c(1, 2, 7), each = 4)),
  data.frame(f = "pt", x = rep(c(0.1, 1.96, 8), 3), df = rep(c(1, 5, 400), each = 3)),
  data.frame(f = "qt", x = rep(c(0.001, 0.6, 0.975), 3), df = rep(c(1, 5, 400), each = 3)))
rows$value <- mapply(function(f, x, df) switch(f,
  qnorm = qnorm(x), pnorm = pnorm(x), pchisq = pchisq(x, df, lower.tail = FALSE),
  pt = 2 * pt(-abs(x), df), qt = qt(x, df)), rows$f, rows$x, rows$df)
rows$x <- sprintf("%.17g", rows$x)
rows$value <- sprintf("%.17g", rows$value)
write.csv(rows, "distributions.csv", row.names = FALSE, quote = FALSE)
