# Times R's survival on the tasks of Program.cs. Arguments: SUPPORT csv, gbsg csv, rotterdam csv, file to write.
suppressMessages(library(survival))
args <- commandArgs(trailingOnly = TRUE)
rows <- c("name;method;milliseconds;value")
time <- function(name, method, repeats, work) {
  value <- work()
  elapsed <- sapply(seq_len(repeats), function(i) { gc(FALSE); system.time(work())[["elapsed"]] })
  rows <<- c(rows, sprintf("%s;%s;%.4f;%.10f", name, method, 1000 * min(elapsed), value))
}

if (file.exists(args[1])) {
  support <- read.csv(args[1])
  formula <- reformulate(paste0("x", 0:9), "Surv(time, event)")
  x <- as.matrix(support[, paste0("x", 0:9)])
  y <- Surv(support$time, support$event)
  control <- coxph.control()
  # One call is near the clock's step: ten at a time.
  ten <- function(work) function() { for (i in 1:10) value <- work(); value }
  time("Cox, 10 covariates, SUPPORT", "coxph (10 calls)", 9, ten(function() coef(coxph(formula, support))[[1]]))
  time("Cox, 10 covariates, SUPPORT", "coxph.fit (10 calls)", 9, ten(function()
    coxph.fit(x, y, NULL, NULL, NULL, control, NULL, "efron", NULL)$coefficients[[1]]))
  for (i in 2:3) {
    cells <- strsplit(rows[i], ";")[[1]]
    rows[i] <- paste(cells[1], sub(" .*", "", cells[2]), as.numeric(cells[3]) / 10, cells[4], sep = ";")
  }
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

bootstrap <- function(formula) function() {
  set.seed(1)
  sd(replicate(1000, {
    drawn <- trial[sample.int(nrow(trial), replace = TRUE), ]
    coef(coxph(formula, drawn, weights = w, robust = FALSE))[[1]]
  }))
}
bootstrap.fit <- function(columns) function() {
  set.seed(1)
  x <- as.matrix(trial[, columns, drop = FALSE])
  y <- Surv(trial$time, trial$event)
  control <- coxph.control()
  sd(replicate(1000, {
    i <- sample.int(nrow(trial), replace = TRUE)
    coxph.fit(x[i, , drop = FALSE], y[i], NULL, NULL, NULL, control, trial$w[i], "efron", NULL)$coefficients[[1]]
  }))
}
one <- "1,000 weighted Cox fits, 1 covariate"
all <- "1,000 weighted Cox fits, 7 covariates"
time(one, "coxph loop", 2, bootstrap(Surv(time, event) ~ arm))
time(one, "coxph.fit loop", 3, bootstrap.fit("arm"))
time(all, "coxph loop", 2, bootstrap(Surv(time, event) ~ arm + age + meno + grade + nodes + pgr + er))
time(all, "coxph.fit loop", 3, bootstrap.fit(c("arm", pick)))
writeLines(rows, args[4])
