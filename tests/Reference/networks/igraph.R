# Betweenness, degrees, components and neighbourhoods by igraph; writes graphs.csv (edges) and igraph.csv (case, quantity, index, value).
suppressMessages(library(igraph))
set.seed(20240607, kind = "Mersenne-Twister", normal.kind = "Inversion", sample.kind = "Rejection")
name <- function(k) sprintf("N%03d", k)
edges_of <- function(n, m, directed) {
  pairs <- unique(data.frame(a = sample(n, 3 * m, replace = TRUE, prob = 1 / seq_len(n)), b = sample(n, 3 * m, replace = TRUE)))
  pairs <- pairs[pairs$a != pairs$b, ]
  if (!directed) { pairs <- unique(data.frame(a = pmin(pairs$a, pairs$b), b = pmax(pairs$a, pairs$b))) }
  pairs[seq_len(min(m, nrow(pairs))), ]
}
rows <- list(); values <- list()
add <- function(case, quantity, value) values[[length(values) + 1]] <<- data.frame(case = case, quantity = quantity, index = seq_along(value) - 1, value = sprintf("%.17g", value))
for (case in c("undirected-sparse", "undirected-dense", "directed")) {
  directed <- case == "directed"
  n <- if (case == "undirected-dense") 40 else 60
  edges <- edges_of(n, c("undirected-sparse" = 62, "undirected-dense" = 160, "directed" = 150)[[case]], directed)
  nodes <- sort(unique(c(edges$a, edges$b)))
  g <- graph_from_data_frame(data.frame(name(edges$a), name(edges$b)), directed = directed, vertices = data.frame(name = name(nodes)))
  rows[[case]] <- data.frame(case = case, source = name(edges$a), target = name(edges$b))
  add(case, "betweenness", betweenness(g, directed = directed))
  add(case, "degree", degree(g, mode = "all"))
  if (directed) {
    add(case, "in-degree", degree(g, mode = "in"))
    add(case, "out-degree", degree(g, mode = "out"))
    add(case, "undirected-betweenness", betweenness(simplify(as.undirected(g, mode = "collapse")), directed = FALSE))
    add(case, "downstream-2", as.numeric(distances(g, v = 1, mode = "out") <= 2))
  }
  parts <- components(g, mode = "weak")
  add(case, "component-count", parts$no)
  add(case, "largest-component-size", max(parts$csize))
  add(case, "within-2-hops", as.numeric(distances(g, v = 1, mode = "all") <= 2))
}
write.csv(do.call(rbind, rows), "graphs.csv", row.names = FALSE, quote = FALSE)
write.csv(do.call(rbind, values), "igraph.csv", row.names = FALSE, quote = FALSE)
