// bibtex-tidy on one file, from a folder where `npm install bibtex-tidy` was done: node bibtex_tidy.cjs FOLDER FILE
// Prints the seconds of its call, which parses, checks, changes and writes.
const path = require("path");
const fs = require("fs");
const { tidy } = require(path.join(process.argv[2], "node_modules", "bibtex-tidy"));
const text = fs.readFileSync(process.argv[3], "utf8");
const begin = performance.now();
tidy(text, {
  duplicates: ["key", "doi"],
  merge: false,
  escape: true,
  months: true,
  removeEmptyFields: true,
  removeDuplicateFields: true,
  dropAllCaps: true,
});
console.log((performance.now() - begin) / 1000);
