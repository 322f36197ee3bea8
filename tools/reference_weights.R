# Sourced by reference_values.R: estimates with design weights, clusters and domains, post-stratified and raked weights.
# Writes api.json (the columns of the api data that are needed) and weights.json (what R makes of them).

codes <- function(x) as.integer(factor(x)) - 1L
columns <- function(d) list(stratum = codes(d$stype), cluster = codes(d$dnum), population = unname(d$fpc), weight = unname(d$pw),
  stype = codes(d$stype), sch.wide = codes(d$sch.wide), comp.imp = codes(d$comp.imp), awards = codes(d$awards),
  api00 = d$api00, enroll = d$enroll, api.stu = d$api.stu)
data(api)
save(list(apistrat = columns(apistrat), apiclus1 = columns(apiclus1)), "api.json")

# ---- means, a ratio and a domain; what is estimated from api data, in this order
api_estimates <- function(design) {
  wide <- subset(design, sch.wide == "Yes")
  found <- list(svymean(~api00, design), svyratio(~api.stu, ~enroll, design), svymean(~api00, wide), svymean(~I(stype == "E"), wide))
  last <- function(x) { v <- as.numeric(x); v[length(v)] }
  list(values = sapply(found, function(s) last(coef(s))), errors = sapply(found, function(s) last(SE(s))))
}
strict <- list(maxit = 2000, epsilon = 1e-13)
counts <- function(formula) as.data.frame(xtabs(formula, apipop))
totals <- function(formula) colSums(model.matrix(formula, apipop))
stratified <- svydesign(id = ~1, strata = ~stype, weights = ~pw, fpc = ~fpc, data = apistrat)
clustered <- svydesign(id = ~dnum, weights = ~pw, fpc = ~fpc, data = apiclus1)
# A post-stratum of several variables crossed: the code is that of interaction() with the first variable running fastest.
crossed <- function(design, variables) {
  margin <- counts(as.formula(paste("~", paste(variables, collapse = "+"))))
  done <- postStratify(design, as.formula(paste("~", paste(variables, collapse = "+"))), margin)
  c(list(crossed = variables, targets = list(margin$Freq), weights = unname(weights(done))), api_estimates(done))
}
raked <- function(design, variables) {
  formulas <- lapply(variables, function(v) as.formula(paste("~", v)))
  done <- rake(design, formulas, lapply(formulas, counts), control = strict)
  all <- as.formula(paste("~", paste(variables, collapse = "+")))
  by_least_squares <- calibrate(design, all, totals(all), calfun = "raking", epsilon = 1e-14, maxit = 500)
  upper <- as.numeric(quantile(weights(done), .9)); lower <- as.numeric(quantile(weights(done), .05))
  c(list(margins = variables, targets = lapply(formulas, function(f) counts(f)$Freq), weights = unname(weights(done)),
         lower = lower, upper = upper, trimmed = unname(weights(trimWeights(done, upper = upper, lower = lower))),
         design_errors = api_estimates(by_least_squares)$errors), api_estimates(done))
}
named <- function(name, data, result) c(list(name = name, data = data), result)
api_cases <- list(
  named("apistrat by design", "apistrat", api_estimates(stratified)),
  named("apiclus1 by design", "apiclus1", api_estimates(clustered)),
  named("apiclus1 post-stratified", "apiclus1", crossed(clustered, "stype")),
  named("apistrat post-stratified, two variables crossed", "apistrat", crossed(stratified, c("sch.wide", "awards"))),
  named("apiclus1 raked", "apiclus1", raked(clustered, c("stype", "sch.wide"))),
  named("apistrat raked to three margins", "apistrat", raked(stratified, c("sch.wide", "comp.imp", "awards"))))

# ---- made-up assessments: forms of service as strata, unequal chances, raked by sex and age, shares behind filters
made_up <- function(case) {
  strata <- c(2, 3, 4)[case]; people <- sample(150:900, strata); sizes <- pmin(sample(30:90, strata), people)
  reach <- rep(seq_len(strata), people); N <- length(reach)
  sex <- as.integer(runif(N) < .6); age <- sample(0:2, N, TRUE, c(.3, .3, .4)); mood <- rnorm(N) + .4 * sex - .3 * age
  asked <- unlist(lapply(seq_len(strata), function(h) sample(which(reach == h), sizes[h])))
  d <- data.frame(stratum = reach[asked], population = people[reach[asked]], w = (people / sizes)[reach[asked]], sex = sex[asked], age = age[asked])
  n <- nrow(d)
  base <- sapply(c(1, .85, .6), function(share) as.integer(runif(n) < share))
  d[paste0("y", 1:3)] <- sapply(c(.9, 1.3, .5), function(level) as.integer(level + mood[asked] + rnorm(n) > 0)) * base
  d[paste0("n", 1:3)] <- base
  design <- svydesign(id = ~1, strata = ~stratum, weights = ~w, fpc = ~population, data = d)
  margins <- list(data.frame(sex = 0:1, Freq = as.numeric(table(sex))), data.frame(age = 0:2, Freq = as.numeric(table(age))))
  done <- rake(design, list(~sex, ~age), margins, control = strict)
  calibrated <- calibrate(design, ~factor(sex) + factor(age), c(N, sum(sex), sum(age == 1), sum(age == 2)), calfun = "raking", epsilon = 1e-14, maxit = 500)
  coefficients <- rbind(c(30, 40, 30), c(60, 0, 40))
  found <- lapply(list(done, calibrated), function(design) {
    ratio <- lapply(1:3, function(i) svyratio(as.formula(paste0("~y", i)), as.formula(paste0("~n", i)), design))
    total <- svytotal(~y1 + y2 + y3 + n1 + n2 + n3, design)
    combined <- lapply(1:2, function(k) svycontrast(total, list(value = parse(text =
      paste(sprintf("%.17g * y%d / n%d", coefficients[k, ], 1:3, 1:3), collapse = " + "))[[1]])))
    list(shares = sapply(ratio, function(s) as.numeric(coef(s))), share_errors = sapply(ratio, function(s) as.numeric(SE(s))),
         values = sapply(combined, function(s) as.numeric(coef(s))), errors = sapply(combined, function(s) as.numeric(SE(s))))
  })
  list(name = paste("made up", case), stratum = d$stratum - 1L, population = people, before = d$w, sex = d$sex, age = d$age,
       targets = lapply(margins, function(m) m$Freq), y = as.matrix(d[paste0("y", 1:3)]), n = as.matrix(d[paste0("n", 1:3)]),
       coefficients = coefficients, weights = unname(weights(done)), raked = found[[1]], calibrated = found[[2]])
}
set.seed(20163)
save(list(api = api_cases, made_up = lapply(1:3, made_up)), "weights.json")
