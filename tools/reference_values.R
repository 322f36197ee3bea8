# Writes tests/assessment/stats/reference/*.json: what R and its package `survey` compute, for the tests to compare.
# Run by `make reference`, which installs R where it is missing. The tests run without R, from what is stored.
suppressMessages({library(survey); library(jsonlite)})
folder <- "tests/assessment/stats/reference"
save <- function(value, name) writeLines(toJSON(value, digits = I(17), auto_unbox = TRUE, na = "null"), file.path(folder, name))

# ---- tails of distributions, intervals of shares
grid <- expand.grid(x = c(1e-3, .2, .9, 1, 1.7, 4, 15, 80), d1 = c(.7, 1, 2.6, 9, 30), d2 = c(1, 3.5, 18, 197, 5e3, 3e6))
chi <- expand.grid(x = c(1e-3, .3, 1, 3.84, 10, 60, 300), df = c(.5, 1, 2, 3.7, 12, 100))
student <- expand.grid(level = c(.5, .8, .9, .95, .99, .999), degrees = c(.5, 1, 1.5, 2, 3, 7.3, 18, 23, 99.5, 600, 1e5))
student$t <- qt((1 + student$level) / 2, student$degrees)
shares <- list(c(0, 20), c(20, 20), c(1, 19), c(15, 24), c(599, 600), c(56, 70))
tested <- list(c(56, 70, 48, 80), c(15, 24, 3, 19), c(590, 600, 560, 600))
save(list(
  f = cbind(grid, p = pf(grid$x, grid$d1, grid$d2, lower.tail = FALSE)),
  chi_square = cbind(chi, p = pchisq(chi$x, chi$df, lower.tail = FALSE)),
  t = cbind(student, x = student$t * 1.1, p = 2 * pt(-student$t * 1.1, student$degrees)),
  wilson = lapply(shares, function(s) { i <- prop.test(s[1], s[2], correct = FALSE)$conf.int; list(x = s[1], n = s[2], low = i[1], high = i[2]) }),
  pooled = lapply(tested, function(s) { t <- suppressWarnings(prop.test(s[c(1, 3)], s[c(2, 4)], correct = FALSE)); list(given = s, z2 = unname(t$statistic), p = t$p.value) }),
  welch = lapply(list(list(a = c(90, 70, 80, 85), b = c(60, 75, 72)), list(a = c(3, 1, 4, 1, 5, 9), b = c(2, 7, 1, 8, 2, 8, 1, 8))), function(s) {
    t <- t.test(s$b, s$a); list(earlier = s$a, later = s$b, t = unname(t$statistic), degrees = unname(t$parameter), p = t$p.value, low = t$conf.int[1], high = t$conf.int[2]) }),
  holm = { p <- c(.01, .04, .03, .005, .2, .03); list(p = p, adjusted = p.adjust(p, "holm")) },
  largest_difference = lapply(c(2, 3, 5, 10, 30), function(p) list(p = p, c = qtukey(.95, p, Inf) / sqrt(2)))
), "distributions.json")

# ---- linearisation: ratios and their combinations by svyratio, svytotal and svycontrast
estimate <- function(data, strata_formula, coefficients) {
  q <- ncol(coefficients)
  design <- svydesign(id = ~1, strata = strata_formula, weights = ~w, fpc = ~population, data = data)
  single <- lapply(1:q, function(i) svyratio(as.formula(paste0("~y", i)), as.formula(paste0("~n", i)), design))
  totals <- svytotal(as.formula(paste("~", paste0(c(paste0("y", 1:q), paste0("n", 1:q)), collapse = "+"))), design)
  combined <- lapply(1:nrow(coefficients), function(k) {
    text <- paste(sprintf("%.17g * y%d / n%d", coefficients[k, ], 1:q, 1:q), collapse = " + ")
    svycontrast(totals, list(value = parse(text = text)[[1]]))
  })
  list(coefficients = coefficients,
       shares = sapply(single, function(s) as.numeric(coef(s))), share_errors = sapply(single, function(s) as.numeric(SE(s))),
       values = sapply(combined, function(s) as.numeric(coef(s))), errors = sapply(combined, function(s) as.numeric(SE(s))))
}
export <- function(data, q) list(stratum = as.integer(factor(data$stratum)) - 1L, population = as.numeric(tapply(data$population, factor(data$stratum), `[`, 1)),
                                 weight = as.numeric(tapply(data$w, factor(data$stratum), `[`, 1)),
                                 y = as.matrix(data[paste0("y", 1:q)]), n = as.matrix(data[paste0("n", 1:q)]))
data(api)
schools <- function(d, stratum) {
  yes <- function(x) as.integer(x == "Yes")
  out <- data.frame(stratum = stratum, population = d$fpc, w = d$pw, y1 = yes(d$sch.wide), n1 = 1L)
  i <- seq_len(nrow(d))
  out$n2 <- as.integer(i %% 7 != 0); out$y2 <- yes(d$comp.imp) * out$n2       # unanswered by every seventh
  out$n3 <- out$y1; out$y3 <- yes(d$awards) * out$n3                            # asked behind a filter
  out$n4 <- d$enroll; out$y4 <- d$api.stu                                       # any numbers: a ratio of totals
  out
}
combinations <- rbind(c(30, 40, 30, 0), c(50, 0, 50, 0), c(10, 20, 30, 40))
simple <- schools(apisrs, "all"); layered <- schools(apistrat, apistrat$stype)
set.seed(20161)
cases <- list(
  c(list(name = "apisrs"), export(simple, 4), estimate(simple, NULL, combinations)),
  c(list(name = "apistrat"), export(layered, 4), estimate(layered, ~stratum, combinations)))
for (case in 1:6) {                                                             # made-up assessments: forms of service as strata
  strata <- c(1, 1, 2, 3, 4, 2)[case]; sizes <- sample(8:40, strata); people <- sizes + sample(3:400, strata)
  n <- sum(sizes); h <- rep(seq_len(strata), sizes); mood <- rnorm(n)
  y <- sapply(c(.6, 1, 1.4, .2, 2), function(level) as.integer(level + .8 * mood + rnorm(n) > 0))
  asked <- sapply(c(1, 1, .8, .5, .9), function(share) as.integer(runif(n) < share)); asked[, 4] <- asked[, 4] * asked[, 1]
  d <- data.frame(stratum = h, population = people[h], w = (people / sizes)[h])
  if (case == 6) d$w <- c(1.5, 4)[h]
  d[paste0("y", 1:5)] <- y * asked; d[paste0("n", 1:5)] <- asked
  cases[[length(cases) + 1]] <- c(list(name = paste("made up", case)), export(d, 5),
    estimate(d, if (strata > 1) ~stratum else NULL, rbind(c(20, 20, 20, 20, 20), c(30, 0, 70, 0, 0), c(0, 40, 0, 10, 50))))
}
save(cases, "linearisation.json")

# ---- two-way tables: svychisq(statistic = "F"), residuals by the covariance of svymean
table_case <- function(name, row, column, stratum, w, population) {
  data <- data.frame(row = row, column = column, stratum = stratum, w = w, population = population)
  whole <- length(unique(stratum)) == 1
  design <- svydesign(id = ~1, strata = if (whole) NULL else ~stratum, weights = ~w, fpc = if (all(is.finite(population))) ~population else NULL, data = data)
  tested <- svychisq(~row + column, design, statistic = "F")
  known <- !is.na(row) & !is.na(column)
  mean <- svymean(~interaction(factor(row), factor(column)), design, na.rm = TRUE)
  P <- matrix(coef(mean), length(unique(row[known]))); pr <- rowSums(P); pc <- colSums(P)
  J <- diag(length(P)); rows <- as.vector(row(P)); columns <- as.vector(col(P))
  J <- J - outer(seq_along(P), seq_along(P), function(a, b) (rows[a] == rows[b]) * pc[columns[a]] + (columns[a] == columns[b]) * pr[rows[a]])
  error <- sqrt(diag(J %*% vcov(mean) %*% t(J)))
  plain <- suppressWarnings(chisq.test(table(row, column), correct = FALSE))
  list(name = name, row = row, column = column, stratum = as.integer(factor(stratum)) - 1L, weight = w, population = as.numeric(tapply(population, factor(stratum), `[`, 1)),
       shares = P, F = unname(tested$statistic), df1 = unname(tested$parameter[1]), df2 = unname(tested$parameter[2]), p = tested$p.value,
       residuals = matrix(as.vector(P - outer(pr, pc)) / error, nrow(P)),
       plain = list(x2 = unname(plain$statistic), p = plain$p.value, residuals = unclass(plain$stdres)))
}
code <- function(x) as.integer(factor(x)) - 1L
a <- apistrat; level <- cut(a$api00, c(0, 550, 650, 750, 1000)); gap <- code(a$awards); gap[seq(5, 200, 9)] <- NA
tables <- list(
  table_case("2 x 2", code(a$comp.imp), code(a$sch.wide), a$stype, a$pw, a$fpc),
  table_case("4 x 2", code(level), code(a$awards), a$stype, a$pw, a$fpc),
  table_case("3 x 4, rows are strata", code(a$stype), code(level), a$stype, a$pw, a$fpc),
  table_case("4 x 4", code(level), code(cut(a$api99, c(0, 550, 650, 750, 1000))), a$stype, a$pw, a$fpc),
  table_case("with gaps", code(level), gap, a$stype, a$pw, a$fpc),
  table_case("one stratum", code(apisrs$stype), code(apisrs$awards), rep("all", 200), apisrs$pw, apisrs$fpc))
set.seed(20162)
for (case in 1:3) {                                                             # many organisations as strata
  strata <- c(6, 25, 12)[case]; sizes <- sample(5:30, strata, TRUE); people <- sizes + sample(2:300, strata, TRUE)
  h <- rep(seq_len(strata), sizes); n <- sum(sizes)
  row <- sample(0:2, n, TRUE); column <- as.integer(rnorm(n) + .25 * row + rnorm(strata)[h] / 2 > .3)
  if (case == 3) { column <- column + sample(0:1, n, TRUE); column[row == 2 & column == 2] <- 0L }   # an empty cell
  w <- (people / sizes)[h]; if (case == 2) w <- w * runif(n, .5, 2)
  tables[[length(tables) + 1]] <- table_case(paste("made up", case), row, column, h, w, people[h])
}
save(tables, "crosstab.json")

source("tools/reference_weights.R")
