# MatchIt 4.5.1 on gbsg (hormon): weight of every subject by variant, and the balance summary of the first.
# Score variants go through a distance matrix of subjects sorted by falling score, which MatchIt searches exhaustively. Its search
# for vector scores (nn_matchC_vec of 4.5.1) passes over nearer free controls: on these data 49 of 246 treated subjects differ.
library(MatchIt)
g <- read.csv("../data/gbsg.csv")
f <- hormon ~ age + meno + size + grade + nodes + pgr + er
score <- fitted(glm(f, binomial, g, control = glm.control(epsilon = 1e-14)))
order_ <- order(score, decreasing = TRUE)
sorted <- g[order_, ]
rownames(sorted) <- seq_len(nrow(sorted))
distance <- abs(outer(score[order_], score[order_], "-"))
dimnames(distance) <- list(rownames(sorted), rownames(sorted))
exact_search <- function(...) suppressWarnings(matchit(f, sorted, method = "nearest", distance = distance, ...))
unsort <- function(m) { w <- numeric(nrow(g)); w[order_] <- m$weights; w }
sd_ <- sd(score)
variants <- list(
  nearest = unsort(exact_search()),
  caliper = unsort(exact_search(caliper = 0.1 * sd_, std.caliper = FALSE)),
  ratio2 = unsort(exact_search(ratio = 2, caliper = 0.2 * sd_, std.caliper = FALSE)),
  replace = unsort(exact_search(replace = TRUE, ratio = 2)),
  exact = unsort(exact_search(exact = ~meno)),
  mahalanobis = matchit(f, g, method = "nearest", distance = "mahalanobis")$weights,
  mahvars = suppressWarnings(matchit(f, g, method = "nearest", mahvars = ~ age + nodes + pgr + er, caliper = 0.25))$weights)
w <- data.frame(row = seq_len(nrow(g)) - 1, lapply(variants, function(w) sprintf("%.17g", w)))
write.csv(w, "matching.csv", row.names = FALSE, quote = FALSE)
part <- function(stage, s) data.frame(stage = stage, term = rownames(s), s[, c(1, 2, 3, 4, 6)])
s <- summary(exact_search())
replaced <- summary(exact_search(replace = TRUE, ratio = 2))
balance <- rbind(part("before", s$sum.all), part("nearest", s$sum.matched), part("replace", replaced$sum.matched))
names(balance) <- c("stage", "term", "meanTreated", "meanControl", "smd", "varianceRatio", "ks")
for (n in names(balance)[-(1:2)]) balance[[n]] <- sprintf("%.17g", balance[[n]])
write.csv(balance, "balance.csv", row.names = FALSE, quote = FALSE)
