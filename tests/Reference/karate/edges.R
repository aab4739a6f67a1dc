# Checks edges.csv against igraph's copy of the network. Run in this folder: Rscript edges.R
library(igraph)
theirs <- as_edgelist(make_graph("Zachary"))
ours <- as.matrix(read.csv("edges.csv"))
key <- function(e) sort(paste(pmin(e[, 1], e[, 2]), pmax(e[, 1], e[, 2])))
stopifnot(identical(key(theirs), key(ours)))
