# Times R's survival on the tasks of Program.cs. Arguments: SUPPORT csv, gbsg csv, rotterdam csv, file to write.
suppressMessages(library(survival))
args <- commandArgs(trailingOnly = TRUE)
rows <- c("name;method;milliseconds;cpu;value")
# Elapsed and processor milliseconds of one run.
clock <- function(work) { gc(FALSE); t <- system.time(work); 1000 * c(t[["elapsed"]], t[["user.self"]] + t[["sys.self"]]) }
record <- function(name, method, times, scale, value) {
  best <- apply(times, 1, min) * scale
  rows <<- c(rows, sprintf("%s;%s;%.4f;%.4f;%.10f", name, method, best[1], best[2], value))
}

if (file.exists(args[1])) {
  support <- read.csv(args[1])
  formula <- reformulate(paste0("x", 0:9), "Surv(time, event)")
  x <- as.matrix(support[, paste0("x", 0:9)])
  y <- Surv(support$time, support$event)
  control <- coxph.control()
  # One call is near the clock's step: ten at a time.
  ten <- function(method, work) {
    value <- work()
    record("Cox, 10 covariates, SUPPORT", method, sapply(1:20, function(i) clock(for (k in 1:10) work())), 0.1, value)
  }
  ten("coxph", function() coef(coxph(formula, support))[[1]])
  ten("coxph.fit", function() coxph.fit(x, y, NULL, NULL, NULL, control, NULL, "efron", NULL)$coefficients[[1]])
}

gbsg <- read.csv(args[2])
rotterdam <- read.csv(args[3])
treated <- gbsg[gbsg$hormon == 1, ]
external <- rotterdam[rotterdam$nodes > 0 & rotterdam$hormon == 0, ]
cut <- 84 * 365.25 / 12
months <- ifelse(external$recur == 1, external$rtime, external$dtime)
pick <- c("age", "meno", "grade", "nodes", "pgr", "er")
trial <- rbind(
  data.frame(time = treated$rfstime, event = treated$status, arm = 1, treated[, pick], w = 1),
  data.frame(time = pmin(months, cut), event = (external$recur | external$death) & months <= cut, arm = 0, external[, pick],
             w = 0.1 + external$age / 200))

# Ten stretches of 100 fits each, the best times ten: other work on the machine only adds time.
bootstrap <- function(name, method, fit) {
  set.seed(1)
  coefficients <- c()
  times <- sapply(1:10, function(stretch) clock(coefficients <<- c(coefficients, replicate(100, fit()))))
  record(name, method, times, 10, sd(coefficients))
}
loop <- function(formula) function() {
  drawn <- trial[sample.int(nrow(trial), replace = TRUE), ]
  coef(coxph(formula, drawn, weights = w, robust = FALSE))[[1]]
}
loop.fit <- function(columns) {
  x <- as.matrix(trial[, columns, drop = FALSE])
  y <- Surv(trial$time, trial$event)
  control <- coxph.control()
  function() {
    i <- sample.int(nrow(trial), replace = TRUE)
    coxph.fit(x[i, , drop = FALSE], y[i], NULL, NULL, NULL, control, trial$w[i], "efron", NULL)$coefficients[[1]]
  }
}
one <- "1,000 weighted Cox fits, 1 covariate"
all <- "1,000 weighted Cox fits, 7 covariates"
bootstrap(one, "coxph loop", loop(Surv(time, event) ~ arm))
bootstrap(one, "coxph.fit loop", loop.fit("arm"))
bootstrap(all, "coxph loop", loop(Surv(time, event) ~ arm + age + meno + grade + nodes + pgr + er))
bootstrap(all, "coxph.fit loop", loop.fit(c("arm", pick)))
writeLines(rows, args[4])
