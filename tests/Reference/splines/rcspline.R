# Restricted cubic spline columns by Hmisc::rcspline.eval; writes rcspline.csv (knots 1, 3, 7, 20; norm = 2).
suppressMessages(library(Hmisc))
x <- c(-2, 0, 1, 2.5, 3, 5, 7, 11, 20, 33)
columns <- rcspline.eval(x, knots = c(1, 3, 7, 20), norm = 2)
write.csv(data.frame(x = x, first = sprintf("%.17g", columns[, 1]), second = sprintf("%.17g", columns[, 2])),
          "rcspline.csv", row.names = FALSE, quote = FALSE)
