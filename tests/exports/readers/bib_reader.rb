# A folder of gems and a .bib file to the number of its entries, read as jekyll-scholar does; errors are printed.
gems, file = ARGV
Gem.use_paths(gems, [gems, *Gem.path])
require 'bibtex'
bibliography = BibTeX.parse(File.read(file, encoding: 'UTF-8'), strict: false)
bibliography.errors.each { |error| abort "bibtex-ruby: #{error.inspect}" }
puts bibliography.entries.length
