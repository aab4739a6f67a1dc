# GBSG's tamoxifen arm against Rotterdam's node-positive untreated patients: weights, effects, g-computation, doubly robust.
# Outcome: recurrence or death, whole follow-up. Propensity: age, menopause, size in three levels, grade 3, nodes, log(1 + PgR), log(1 + ER).
library(survival); library(sandwich)
g <- read.csv("../data/gbsg.csv"); r <- read.csv("../data/rotterdam.csv")
r <- r[r$nodes > 0 & r$hormon == 0, ]
g <- g[g$hormon == 1, ]
size <- cut(g$size, c(-1, 20, 50, Inf), labels = FALSE)
level <- match(r$size, c("<=20", "20-50", ">50"))
d <- rbind(
  data.frame(trt = 1, t = g$rfstime, e = g$status, age = g$age, meno = g$meno, s = size, g3 = as.numeric(g$grade == 3), nodes = g$nodes, lpgr = log1p(g$pgr), ler = log1p(g$er)),
  data.frame(trt = 0, t = ifelse(r$recur == 1, r$rtime, r$dtime), e = pmax(r$recur, r$death), age = r$age, meno = r$meno, s = level, g3 = as.numeric(r$grade == 3), nodes = r$nodes, lpgr = log1p(r$pgr), ler = log1p(r$er)))
d$s2 <- as.numeric(d$s == 2); d$s3 <- as.numeric(d$s == 3)
covs <- c("age", "meno", "s2", "s3", "g3", "nodes", "lpgr", "ler")
X <- as.matrix(d[covs])
control <- coxph.control(eps = 1e-13, iter.max = 50, toler.chol = 1e-14)
out <- NULL
put <- function(case, quantity, value) out <<- rbind(out, data.frame(case = case, quantity = quantity, index = seq_along(value) - 1, value = sprintf("%.17g", value)))
effects <- function(case, w) {
  f <- coxph(Surv(t, e) ~ trt, d, weights = w, robust = TRUE, control = control)
  w0 <- w[d$trt == 0]
  put(case, "ess", sum(w0)^2 / sum(w0^2))
  put(case, "logHr", coef(f)); put(case, "logHrSe", sqrt(diag(vcov(f))))
  km <- lapply(1:0, function(a) survfit(Surv(t, e) ~ 1, d[d$trt == a, ], weights = w[d$trt == a]))
  s <- sapply(km, function(k) summary(k, times = 1826.25)$surv)
  put(case, "survivalDifference5y", s[1] - s[2])
  area <- sapply(km, function(k) { i <- k$time <= 1826.25; x <- c(0, k$time[i], 1826.25); sum(diff(x) * c(1, k$surv[i])) })
  put(case, "rmstDifference5y", area[1] - area[2])
}
e <- fitted(glm(trt ~ ., binomial, cbind(trt = d$trt, d[covs]), control = glm.control(epsilon = 1e-14)))
effects("naive", rep(1, nrow(d)))
effects("att", ifelse(d$trt == 1, 1, e / (1 - e)))
effects("ato", ifelse(d$trt == 1, 1 - e, e))
effects("ate", ifelse(d$trt == 1, 1 / e, 1 / (1 - e)))
z <- scale(X[d$trt == 0, ], center = colMeans(X[d$trt == 1, ]), scale = apply(X, 2, sd))
dual <- function(b) log(mean(exp(z %*% b)))
b <- optim(rep(0, ncol(z)), dual, function(b) { w <- exp(z %*% b); colSums(z * as.vector(w)) / sum(w) }, method = "BFGS", control = list(reltol = 1e-16, maxit = 2000))$par
for (k in 1:20) { w <- as.vector(exp(z %*% b)); w <- w / sum(w); gr <- colSums(z * w); H <- t(z) %*% (z * w) - gr %o% gr; b <- b - solve(H, gr) }
# Scaled to the size of the treated arm, as inverse probability weights for the treated are.
w <- as.vector(exp(z %*% b)); w <- w / sum(w) * sum(d$trt == 1)
wb <- rep(1, nrow(d)); wb[d$trt == 0] <- w
effects("entropy", wb)
adjusted <- coxph(Surv(t, e) ~ trt + age + meno + s2 + s3 + g3 + nodes + lpgr + ler, d, control = control)
put("adjusted", "logHr", coef(adjusted)[1]); put("adjusted", "logHrSe", sqrt(vcov(adjusted)[1, 1]))
# Standardised over the treated: a Cox model with Breslow baseline in each arm.
tau <- 1826.25
gcurve <- function(a, target) {
  f <- coxph(Surv(t, e) ~ age + meno + s2 + s3 + g3 + nodes + lpgr + ler, d[d$trt == a, ], ties = "breslow", control = control)
  bh <- basehaz(f, centered = FALSE); lp <- as.vector(X[target, ] %*% coef(f))
  list(time = bh$time, surv = colMeans(exp(-exp(lp) %o% bh$hazard)))
}
for (case in c("gcomp-att", "gcomp-ate")) {
  target <- if (case == "gcomp-att") d$trt == 1 else rep(TRUE, nrow(d))
  cs <- lapply(1:0, gcurve, target = target)
  s <- sapply(cs, function(k) approx(c(0, k$time), c(1, k$surv), tau, method = "constant", f = 0)$y)
  area <- sapply(cs, function(k) { i <- k$time <= tau; sum(diff(c(0, k$time[i], tau)) * c(1, k$surv[i])) })
  put(case, "survivalDifference5y", s[1] - s[2]); put(case, "rmstDifference5y", area[1] - area[2])
}
# Doubly robust on leave-one-out pseudo-observations within arms.
theta <- function(x) { k <- survfit(Surv(t, e) ~ 1, x); i <- k$time <= tau
  c(if (any(i)) min(k$surv[i]) else 1, sum(diff(c(0, k$time[i], tau)) * c(1, k$surv[i]))) }
pseudo <- matrix(0, nrow(d), 2)
for (a in 0:1) { rows <- which(d$trt == a); all <- theta(d[rows, ]); n <- length(rows)
  for (i in rows) pseudo[i, ] <- n * all - (n - 1) * theta(d[setdiff(rows, i), ]) }
for (q in 1:2) {
  y <- pseudo[, q]; data <- data.frame(y = y, d[covs])
  m <- lapply(0:1, function(a) predict(lm(y ~ ., data[d$trt == a, ]), data))
  o <- ifelse(d$trt == 0, e / (1 - e), 0); n1 <- sum(d$trt)
  est <- sum(d$trt * (y - m[[1]])) / n1 - sum(o * (y - m[[1]])) / sum(o)
  put("dr-att", c("survivalDifference5y", "rmstDifference5y")[q], est)
  psi <- m[[2]] - m[[1]]
  ate <- mean(psi) + sum(d$trt / e * (y - m[[2]])) / sum(d$trt / e) - sum((1 - d$trt) / (1 - e) * (y - m[[1]])) / sum((1 - d$trt) / (1 - e))
  put("dr-ate", c("survivalDifference5y", "rmstDifference5y")[q], ate)
}
# Spread of the log hazard ratio over 2,000 resamples within arms, the propensity model fitted again in each.
set.seed(1)
rows <- split(seq_len(nrow(d)), d$trt)
boot <- replicate(2000, { i <- unlist(lapply(rows, function(x) sample(x, replace = TRUE))); x <- d[i, ]
  p <- fitted(glm.fit(cbind(1, X[i, ]), x$trt, family = binomial())); w <- ifelse(x$trt == 1, 1, p / (1 - p))
  coef(coxph(Surv(t, e) ~ trt, x, weights = w)) })
put("att-bootstrap", "sd", sd(boot)); put("att-bootstrap", "quantiles", quantile(boot, c(0.025, 0.975), type = 6))
write.csv(out, "external-control.csv", row.names = FALSE, quote = FALSE)
