# Ridge multinomial logistic regression of the breast cancer subtypes by glmnet; writes logistic.csv. Run in this folder: Rscript logistic.R <mRNA file>
library(glmnet)
stopifnot(packageVersion("glmnet") == "4.1.6")
data <- read.csv(gzfile(commandArgs(TRUE)[1]), check.names = FALSE)
train <- data$split == "train"
x <- as.matrix(data[, -(1:3)])
center <- colMeans(x[train, ])
spread <- sqrt(colMeans(sweep(x[train, ], 2, center)^2))
x <- sweep(sweep(x, 2, center), 2, spread, "/")
fit <- glmnet(x[train, ], factor(data$subtype[train]), family = "multinomial", alpha = 0, lambda = c(1, 0.3, 0.1, 0.03), standardize = FALSE, thresh = 1e-14, maxit = 1e7)
p <- predict(fit, x[!train, ], s = 0.03, type = "response")[, , 1]
out <- data.frame(case = "ridge0.03", quantity = rep(colnames(p), each = nrow(p)), index = rep(seq_len(nrow(p)), ncol(p)), value = sprintf("%.10g", as.vector(p)))
right <- mean(colnames(p)[max.col(p)] == data$subtype[!train])
out <- rbind(out, data.frame(case = "ridge0.03", quantity = "accuracy", index = 1, value = sprintf("%.10g", right)))
write.csv(out, "logistic.csv", row.names = FALSE, quote = FALSE)
