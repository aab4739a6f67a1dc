# Random survival forests by ranger, and the log-rank statistic of every cut point by survdiff, for tests/Engine/Models/Trees.
# Run in this folder: Rscript forests.R > forests.csv
suppressMessages({library(survival); library(ranger)})

out <- function(case, quantity, values) {
  cat(sprintf("%s,%s,%d,%.15g\n", case, quantity, seq_along(values) - 1L, values), sep = "")
}

veteran_x <- function() {
  d <- read.csv("../data/veteran.csv")
  types <- c("adeno", "large", "smallcell", "squamous")
  x <- cbind(d[, c("trt", "karno", "diagtime", "age", "prior")], sapply(types, function(t) as.numeric(d$celltype == t)))
  list(x = x, time = d$time, status = d$status)
}

gbsg_x <- function() {
  d <- read.csv("../data/gbsg.csv")
  list(x = d[, c("age", "meno", "size", "grade", "nodes", "pgr", "er", "hormon")], time = d$rfstime, status = d$status)
}

# Complete rows; the event is death.
pbc_x <- function() {
  d <- read.csv("../data/pbc.csv")
  d$female <- as.numeric(d$sex == "f")
  columns <- c("trt", "age", "female", "ascites", "hepato", "spiders", "edema", "bili", "chol", "albumin", "copper", "alk.phos", "ast", "trig",
               "platelet", "protime", "stage")
  d <- d[complete.cases(d[, columns]), ]
  list(x = d[, columns], time = d$time, status = as.numeric(d$status == 2), cause = d$status)
}

# Brier score by inverse probability of censoring weights [Graf1999], mean over 100 times from the first follow-up to its 90 % quantile.
integrated_brier <- function(time, status, survival_at) {
  sorted <- sort(time)
  grid <- seq(sorted[1], sorted[floor(0.9 * length(time)) + 1], length.out = 100)
  g <- survfit(Surv(time, 1 - status) ~ 1)
  after <- stepfun(g$time, c(1, g$surv))
  before <- function(t) { k <- findInterval(t, g$time, left.open = TRUE); c(1, g$surv)[k + 1] }
  scores <- sapply(grid, function(t) {
    s <- survival_at(t)
    mean(ifelse(time > t, (1 - s)^2 / after(t), ifelse(status == 1, s^2 / before(time), 0)))
  })
  sum(diff(grid) * (head(scores, -1) + tail(scores, -1)) / 2) / (grid[100] - grid[1])
}

forest <- function(name, d) {
  data <- cbind(d$x, time = d$time, status = d$status)
  results <- sapply(1:20, function(seed) {
    fit <- ranger(Surv(time, status) ~ ., data, num.trees = 500, mtry = ceiling(sqrt(ncol(d$x))), min.node.size = 15, splitrule = "logrank",
                  seed = seed, num.threads = 1)
    mortality <- rowSums(fit$chf)
    at <- function(t) { k <- findInterval(t, fit$unique.death.times); if (k == 0) rep(1, nrow(data)) else fit$survival[, k] }
    c(concordance(Surv(time, status) ~ mortality, data, reverse = TRUE)$concordance, integrated_brier(d$time, d$status, at))
  })
  out(name, "concordance", results[1, ])
  out(name, "brier", results[2, ])
}

# Chi-squared of the log-rank test between x <= cut and x > cut at every cut halfway between neighbouring values.
cuts <- function(name, d, event) {
  for (column in names(d$x)) {
    v <- sort(unique(d$x[[column]]))
    cut <- (head(v, -1) + tail(v, -1)) / 2
    chi <- sapply(cut, function(k) survdiff(Surv(d$time, event) ~ I(d$x[[column]] <= k))$chisq)
    out(paste0(name, ".", column), "cut", cut)
    out(paste0(name, ".", column), "chisq", chi)
  }
}

cat("case,quantity,index,value\n")
v <- veteran_x()
p <- pbc_x()
cuts("veteran", v, v$status)
causes <- list(x = p$x[, c("age", "bili", "stage")], time = p$time)
cuts("pbc.transplant", causes, as.numeric(p$cause == 1))
cuts("pbc.death", causes, as.numeric(p$cause == 2))
forest("veteran", v)
forest("gbsg", gbsg_x())
forest("pbc", p)
