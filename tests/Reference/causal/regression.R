# glm, lm and sandwich on gbsg and pbc: fit, term, coefficient, standard error, robust standard error, clustered standard error.
library(survival); library(sandwich)
data_dir <- "../data"
g <- read.csv(file.path(data_dir, "gbsg.csv"))
rows <- NULL
add <- function(name, fit, cluster, type, ...) {
  rows <<- rbind(rows, data.frame(fit = name, term = seq_along(coef(fit)) - 1, coefficient = coef(fit),
    se = sqrt(diag(vcov(fit))), hc0 = sqrt(diag(vcovHC(fit, type = "HC0"))),
    cluster = sqrt(diag(vcovCL(fit, cluster = cluster, type = type, ...)))))
}
g$w <- 0.5 + (seq_len(nrow(g)) %% 7) / 4
g$off <- log(1 + (seq_len(nrow(g)) %% 5))
g$id <- seq_len(nrow(g)) %% 97
control <- glm.control(epsilon = 1e-14, maxit = 100)
add("logistic", glm(hormon ~ age + meno + size + grade + nodes + pgr + er, binomial, g, control = control), g$id, "HC0", cadjust = FALSE)
add("logistic-weighted-offset", suppressWarnings(glm(hormon ~ age + meno + size + grade + nodes + pgr + er, binomial, g, weights = w, offset = off, control = control)),
  g$id, "HC0", cadjust = FALSE)
add("linear", lm(rfstime ~ hormon + age + meno + size + grade + nodes + pgr + er, g), g$id, "HC1")
add("linear-weighted", lm(rfstime ~ hormon + age + meno + size + grade + nodes + pgr + er, g, weights = w), g$id, "HC1")
for (n in c("coefficient", "se", "hc0", "cluster")) rows[[n]] <- sprintf("%.17g", rows[[n]])
write.csv(rows, "regression.csv", row.names = FALSE, quote = FALSE)
