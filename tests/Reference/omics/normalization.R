# Normalisation of omics layers, by limma where it has the method and by the formulas of base R where not.
# Writes normalization.csv (case, quantity, index, value); matrices [subjects, features] row-major, NA = missing.
library(limma)

set.seed(20)
subjects <- 14
features <- 9
training <- 1:10

# Rounded so that a float holds the digits, and that ties occur.
intensity <- round(matrix(rexp(subjects * features, 1 / 40), subjects, features), 0)
intensity[3, ] <- round(intensity[3, ] / 10)
intensity[2, 4] <- NA
intensity[7, c(1, 6)] <- NA
intensity[12, 3] <- NA
intensity[, 8] <- ifelse(seq_len(subjects) %% 4 == 0, intensity[, 8], 0)
beta <- round(matrix(rbeta(subjects * features, 0.5, 0.5), subjects, features), 4)
beta[5, 5] <- NA
beta[1, 1] <- 0
beta[1, 2] <- 1

rows <- NULL
put <- function(case, quantity, values) {
  values <- as.vector(values)
  rows <<- rbind(rows, data.frame(case, quantity, index = seq_along(values), value = formatC(values, digits = 15, width = 1)))
}
by_row <- function(m) as.vector(t(m))

put("input", "intensity", by_row(intensity))
put("input", "beta", by_row(beta))

# limma has arrays in columns; target distribution as in the article, from the training arrays.
put("quantile", "training", by_row(t(normalizeQuantiles(t(intensity[training, ]), ties = TRUE))))
spread <- function(x, n) approx(seq(0, 1, length.out = length(x)), sort(x), seq(0, 1, length.out = n))$y
target <- rowMeans(apply(intensity[training, ], 1, function(x) spread(x[!is.na(x)], features)))
to_target <- function(x) {
  here <- !is.na(x)
  r <- rank(x[here])
  x[here] <- approx(seq(0, 1, length.out = features), target, (r - 1) / (sum(here) - 1))$y
  x
}
put("quantile", "new", by_row(t(apply(intensity[-training, ], 1, to_target))))

put("log", "base2", by_row(log2(intensity + 1)))
put("log", "natural", by_row(log1p(intensity)))
put("log", "offset", by_row(log(intensity + 0.5, base = 10)))
put("mvalues", "offset", by_row(log2((beta + 0.001) / (1 - beta + 0.001))))
put("anscombe", "values", by_row(2 * sqrt(intensity + 3 / 8)))
put("arsinh", "cofactor5", by_row(asinh(intensity / 5)))
put("clr", "pseudo1", by_row(t(apply(intensity, 1, function(x) log(x + 1) - mean(log(x + 1), na.rm = TRUE)))))

blom <- function(x) qnorm((rank(x, na.last = "keep") - 3 / 8) / (sum(!is.na(x)) + 1 / 4))
scores <- apply(intensity[training, ], 2, blom)
put("blom", "training", by_row(scores))
new_scores <- sapply(seq_len(features), function(f) {
  approx(intensity[training, f], scores[, f], intensity[-training, f], rule = 2, ties = mean)$y
})
put("blom", "new", by_row(new_scores))

z <- sapply(seq_len(features), function(f) {
  x <- intensity[training, f]
  scale <- mad(x, na.rm = TRUE)
  if (scale == 0) scale <- sd(x, na.rm = TRUE)
  pmax(pmin((intensity[, f] - median(x, na.rm = TRUE)) / scale, 2), -2)
})
put("robust", "limit2", by_row(z))
write.csv(rows, "normalization.csv", row.names = FALSE, quote = FALSE)
cat(R.version.string, "limma", as.character(packageVersion("limma")), "\n")
