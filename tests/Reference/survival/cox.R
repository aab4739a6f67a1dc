# Reference fits of coxph; writes cox.csv. Run in this folder: Rscript cox.R
library(survival)
stopifnot(packageVersion("survival") == "3.5.3")
tight <- coxph.control(eps = 1e-13, toler.chol = 1e-14, iter.max = 50)
out <- list()
put <- function(case, quantity, value) {
  value <- as.vector(value)
  out[[length(out) + 1]] <<- data.frame(case, quantity, index = seq_along(value), value = value)
}

put_fit <- function(case, fit) {
  put(case, "coef", coef(fit))
  put(case, "se", sqrt(diag(if (is.null(fit$naive.var)) fit$var else fit$naive.var)))
  put(case, "var", if (is.null(fit$naive.var)) fit$var else fit$naive.var)
  if (!is.null(fit$naive.var)) put(case, "robust.var", fit$var)
  put(case, "loglik", fit$loglik)
  put(case, "score", fit$score)
  put(case, "wald", fit$wald.test)
  put(case, "means", fit$means)
}

put_curve <- function(case, fit, times) {
  base <- basehaz(fit, centered = TRUE)
  if (is.null(base$strata)) base$strata <- "all"
  for (s in unique(base$strata)) {
    rows <- base[base$strata == s, ]
    at <- findInterval(times, rows$time)
    put(case, paste0("basehaz.", s), c(0, rows$hazard)[at + 1])
  }
}

# coxph looks its weights and clusters up in the data, so the call is built, not forwarded.
fit <- function(...) {
  call <- as.call(c(list(quote(coxph)), as.list(substitute(list(...)))[-1], list(control = quote(tight), nocenter = NULL)))
  eval.parent(call)
}

adjusted <- Surv(rfstime, status) ~ hormon + age + meno + size + grade + nodes + pgr + er
for (ties in c("efron", "breslow")) {
  put_fit(paste0("gbsg.hormon.", ties), fit(Surv(rfstime, status) ~ hormon, gbsg, ties = ties))
  f <- fit(adjusted, gbsg, ties = ties)
  put_fit(paste0("gbsg.adjusted.", ties), f)
  put_curve(paste0("gbsg.adjusted.", ties), f, c(100, 365, 1000, 1825, 2659))
  put(paste0("gbsg.adjusted.", ties), "martingale", residuals(f, "martingale"))
  put(paste0("gbsg.adjusted.", ties), "dfbeta.1", residuals(f, "dfbeta")[, 1])
  put(paste0("gbsg.adjusted.", ties), "dfbeta.8", residuals(f, "dfbeta")[, 8])
}
# Coarse times make many ties; weights that are not whole numbers.
coarse <- gbsg
coarse$rfstime <- ceiling(coarse$rfstime / 90)
coarse$w <- 0.25 + (seq_len(nrow(coarse)) %% 7) / 4
for (ties in c("efron", "breslow")) {
  f <- fit(Surv(rfstime, status) ~ hormon + age + nodes + pgr, coarse, ties = ties, weights = w, robust = TRUE)
  put_fit(paste0("gbsg.coarse.weighted.", ties), f)
  put_curve(paste0("gbsg.coarse.weighted.", ties), f, c(1, 5, 12, 20, 29))
  put(paste0("gbsg.coarse.weighted.", ties), "dfbeta.1", residuals(f, "dfbeta", weighted = FALSE)[, 1])
  put(paste0("gbsg.coarse.weighted.", ties), "martingale", residuals(f, "martingale"))
}
coarse$centre <- seq_len(nrow(coarse)) %% 40
f <- fit(Surv(rfstime, status) ~ hormon + age + strata(grade), coarse, weights = w, cluster = centre)
put_fit("gbsg.strata.cluster", f)
put_curve("gbsg.strata.cluster", f, c(1, 5, 12, 20, 29))
f <- fit(Surv(rfstime, status) ~ hormon + offset(0.05 * nodes), gbsg)
put_fit("gbsg.offset", f)
f <- fit(Surv(rfstime, status) ~ ridge(hormon, age, nodes, theta = 20, scale = FALSE), gbsg)
put("gbsg.ridge", "coef", coef(f))
put("gbsg.ridge", "loglik", f$loglik)

rott <- rotterdam
rott$rfs <- pmin(rott$rtime, rott$dtime)
rott$ev <- pmax(rott$recur, rott$death)
rott$rfs <- ifelse(rott$recur == 1, rott$rtime, rott$dtime)
put_fit("rotterdam.nodes", fit(Surv(rfs, ev) ~ hormon, rott[rott$nodes > 0, ]))
put_fit("rotterdam.all", fit(Surv(dtime, death) ~ age + meno + grade + nodes + pgr + er + hormon + chemo, rott))

mayo <- fit(Surv(time, status == 2) ~ age + edema + log(bili) + log(protime) + log(albumin), pbc)
put_fit("pbc.mayo", mayo)
put_curve("pbc.mayo", mayo, c(200, 1000, 2000, 3000, 4500))
put("pbc.mayo", "survival.first", summary(survfit(mayo, newdata = pbc[1, ]), times = c(100, 200, 400, 1000))$surv)
put_fit("pbc.treatment", fit(Surv(time, status == 2) ~ I(trt == 1), pbc[!is.na(pbc$trt), ]))

v <- veteran
put_fit("veteran.treatment", fit(Surv(time, status) ~ trt, v))
put_fit("veteran.adjusted", fit(Surv(time, status) ~ trt + karno + diagtime + age + prior + strata(celltype), v))
l <- lung[complete.cases(lung[, c("age", "sex", "ph.karno")]), ]
put_fit("lung.adjusted", fit(Surv(time, status == 2) ~ age + sex + ph.karno, l))

write.csv(do.call(rbind, lapply(out, function(x) { x$value <- sprintf("%.14g", x$value); x })),
          "cox.csv", row.names = FALSE, quote = FALSE)
