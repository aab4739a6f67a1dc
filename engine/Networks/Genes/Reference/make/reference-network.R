# Makes the embedded reference network: genes.tsv.gz, gene-sets.tsv.gz, footprints.tsv.gz and co-annotation.tsv.gz, in the folder above this script's.
#   needs    Debian packages r-bioc-org.hs.eg.db, r-bioc-go.db, r-bioc-progeny, gzip
#   run      Rscript reference-network.R      (from this folder)
#   repeats  the same package versions give the same bytes: everything is sorted in the C locale, gzip keeps no name and no time
# What each column means stands in SOURCE.md, in the folder above.
suppressMessages({
  library(org.Hs.eg.db)
  library(GO.db)
  library(progeny)
})
invisible(Sys.setlocale("LC_ALL", "C"))
destination <- ".."

smallest_set <- 30; largest_set <- 300; most_overlap <- 0.5       # gene sets of GO biological processes
smallest_term <- 2; largest_term <- 50; neighbours_of_a_gene <- 15; least_similarity <- 0.10 # co-annotation
footprint_genes <- 100

write_gz <- function(lines, name) {
  plain <- file.path(tempdir(), name)
  connection <- file(plain, "wb")
  writeLines(enc2utf8(lines), connection, sep = "\n", useBytes = TRUE)
  close(connection)
  status <- system2("gzip", c("-9", "-n", "-f", shQuote(plain)))
  stopifnot(status == 0, file.copy(paste0(plain, ".gz"), file.path(destination, paste0(name, ".gz")), overwrite = TRUE))
  cat(sprintf("%-24s %7d lines %9d bytes\n", name, length(lines), file.size(file.path(destination, paste0(name, ".gz")))))
}
ask <- function(sql) DBI::dbGetQuery(org.Hs.eg_dbconn(), sql)
clean <- function(text) gsub("[\t\r\n|]", " ", text)

# Genes: protein-coding, with a GO term of any evidence but ND (no data) or a pathway; nodes are numbered in the order of their symbols.
genes <- ask("select g._id as id, g.gene_id as entrez, i.symbol as symbol from genes g join gene_info i on i._id = g._id
              join genetype t on t._id = g._id where t.gene_type = 'protein-coding'")
annotated <- unique(c(
  ask("select distinct _id as id from go_bp where evidence <> 'ND' union select distinct _id from go_cc where evidence <> 'ND'
       union select distinct _id from go_mf where evidence <> 'ND'")$id,
  ask("select distinct _id as id from kegg")$id))
genes <- genes[genes$id %in% annotated, ]
genes <- genes[order(genes$symbol), ]
stopifnot(!anyDuplicated(genes$symbol), !grepl("[[:space:]]", genes$symbol))
genes$number <- seq_len(nrow(genes)) - 1L
number_of <- setNames(genes$number, genes$id)

per_gene <- function(table, column) {
  table <- unique(table[table$id %in% genes$id & !is.na(table[[column]]), ])
  table[[column]] <- clean(table[[column]])
  split(table[[column]], factor(table$id, levels = genes$id))
}
# UniProt accessions: the package does not say which are reviewed. Accessions with O or P are mostly Swiss-Prot's oldest, then Q, then the rest, which are
# kept only where a gene has no other.
uniprot <- per_gene(ask("select _id as id, uniprot_id as accession from uniprot"), "accession")
pick <- function(accessions) {
  rank <- ifelse(grepl("^[OP][0-9]", accessions), 1, ifelse(grepl("^Q[0-9]", accessions), 2, 3))
  accessions <- accessions[order(rank, accessions)]; rank <- sort(rank)
  paste(if (any(rank < 3)) accessions[rank < 3] else accessions, collapse = "|")
}
aliases <- per_gene(ask("select _id as id, alias_symbol as alias from alias"), "alias")
names_of <- function(k) paste(sort(setdiff(aliases[[k]], genes$symbol[k])), collapse = "|")
write_gz(c("symbol\tentrez\tuniprot\taliases", vapply(seq_len(nrow(genes)), function(k)
  paste(genes$symbol[k], genes$entrez[k], pick(uniprot[[k]]), names_of(k), sep = "\t"), "")), "genes.tsv")

# Gene lists are written as their first number and then the steps from one to the next.
steps <- function(numbers) { numbers <- sort(unique(numbers)); paste(c(numbers[1], diff(numbers)), collapse = " ") }

# GO annotations with their ancestors, without those that no person checked (IEA) and those that say nothing (ND).
annotations <- function(table) {
  rows <- ask(sprintf("select distinct _id as id, go_id as term from %s where evidence not in ('IEA', 'ND')", table))
  rows <- rows[rows$id %in% genes$id, ]
  rows$number <- number_of[as.character(rows$id)]
  split(rows$number, rows$term)
}
process <- annotations("go_bp_all")
component <- annotations("go_cc_all")

# Gene sets: processes of 30 to 300 genes, from the largest, leaving out one that shares half its genes or more (Jaccard index) with one already in.
sizes <- lengths(process)
candidates <- process[sizes >= smallest_set & sizes <= largest_set]
candidates <- candidates[order(-lengths(candidates), names(candidates))]
chosen <- list()
holders <- vector("list", nrow(genes))
for (term in names(candidates)) {
  set <- candidates[[term]]
  shared <- table(unlist(holders[set + 1L]))
  overlap <- if (length(shared) == 0) 0 else shared / (length(set) + lengths(chosen[names(shared)]) - shared)
  if (max(overlap) < most_overlap) {
    chosen[[term]] <- set
    for (k in set + 1L) holders[[k]] <- c(holders[[k]], term)
  }
}
chosen <- chosen[order(names(chosen))]
terms <- suppressMessages(AnnotationDbi::select(GO.db, names(chosen), "TERM", "GOID"))
kegg <- ask("select _id as id, path_id as path from kegg")
kegg <- kegg[kegg$id %in% genes$id, ]
kegg <- split(number_of[as.character(kegg$id)], kegg$path)
kegg <- kegg[order(names(kegg))]
write_gz(c("collection\tid\tname\tgenes",
  vapply(names(chosen), function(t) paste("GO", t, clean(terms$TERM[match(t, terms$GOID)]), steps(chosen[[t]]), sep = "\t"), ""),
  vapply(names(kegg), function(p) paste("KEGG", paste0("hsa", p), "", steps(kegg[[p]]), sep = "\t"), "")), "gene-sets.tsv")

# Footprints: the 100 most responsive genes of each pathway, genes outside the list of nodes included.
model <- getModel("Human", top = footprint_genes)
model <- model[order(rownames(model)), order(colnames(model))]
cells <- which(as.matrix(model) != 0, arr.ind = TRUE)
cells <- cells[order(colnames(model)[cells[, 2]], rownames(model)[cells[, 1]]), ]
write_gz(c("pathway\tgene\tweight", sprintf("%s\t%s\t%.6g", colnames(model)[cells[, 2]], rownames(model)[cells[, 1]], as.matrix(model)[cells])), "footprints.tsv")

# Co-annotation: genes that share specific terms (process or component, 2 to 50 genes). Similarity is simGIC over those terms: information content of the
# shared terms over that of all terms of either gene. Each gene keeps its 15 most similar, an edge stands when either end keeps it.
specific <- c(process, component)
specific <- specific[lengths(specific) >= smallest_term & lengths(specific) <= largest_term]
content <- -log2(lengths(specific) / nrow(genes))
total <- numeric(nrow(genes))
for (t in seq_along(specific)) total[specific[[t]] + 1L] <- total[specific[[t]] + 1L] + content[t]
pairs <- do.call(rbind, lapply(seq_along(specific), function(t) {
  two <- combn(sort(specific[[t]]), 2)
  cbind(two[1, ], two[2, ], content[t])
}))
pair <- pairs[, 1] * nrow(genes) + pairs[, 2]
shared <- rowsum(pairs[, 3], pair)
key <- as.numeric(rownames(shared))
edges <- data.frame(a = key %/% nrow(genes), b = key %% nrow(genes), shared = shared[, 1])
edges$similarity <- edges$shared / (total[edges$a + 1L] + total[edges$b + 1L] - edges$shared)
edges$similarity <- round(edges$similarity, 6)
edges <- edges[edges$similarity >= least_similarity, ]
both <- rbind(data.frame(gene = edges$a, other = edges$b, similarity = edges$similarity, edge = seq_len(nrow(edges))),
              data.frame(gene = edges$b, other = edges$a, similarity = edges$similarity, edge = seq_len(nrow(edges))))
both <- both[order(both$gene, -both$similarity, both$other), ]
rank <- ave(both$gene, both$gene, FUN = seq_along)
edges <- edges[sort(unique(both$edge[rank <= neighbours_of_a_gene])), ]
edges <- edges[order(edges$a, edges$b), ]
by_gene <- split(edges, edges$a)
by_gene <- by_gene[order(as.numeric(names(by_gene)))]
write_gz(c("gene\tothers\tsimilarity", vapply(by_gene, function(e)
  paste(e$a[1], steps(e$b), paste(round(100 * e$similarity), collapse = " "), sep = "\t"), "")), "co-annotation.tsv")
cat(sprintf("%d genes, %d GO sets, %d pathways, %d footprint weights, %d specific terms, %d co-annotation edges among %d genes\n",
            nrow(genes), length(chosen), length(kegg), nrow(cells), length(specific), nrow(edges), length(unique(c(edges$a, edges$b)))))
