// Renders bibliographies with the npm package `citeproc`, as a peer to compare with.
//
//   node citeproc_js.cjs FOLDER < job.json > answer.json
//
// FOLDER is where `npm install citeproc` was run. The job:
//   {"locales": FOLDER of locales-*.xml, "items": [CSL-JSON, ...], "lang": "en-US" (optional),
//    "styles": [[name, path of an independent style, its default-locale or ""], ...],
//    "disambiguate": false takes the year suffixes away, "quiet": true answers with sizes only}
// The answer: {"name": {"ids": [...], "html": [...], "layout": {...}} or {"error": "..."}, ...}
"use strict";
const fs = require("fs");
const path = require("path");

const CSL = require(path.join(path.resolve(process.argv[2]), "node_modules", "citeproc"));
const job = JSON.parse(fs.readFileSync(0, "utf8"));
// The package leaves out what prints nothing, so each entry carries its item's id behind it.
const byId = new Map(job.items.map((item) => [String(item.id), { ...item, system_id: String(item.id) }]));
const MARK = /\n\u0001(.*)\u0001\n$/;
const locales = new Map();

function localeXml(language) {
  if (!locales.has(language)) {
    const file = path.join(job.locales, `locales-${language}.xml`);
    locales.set(language, fs.existsSync(file) ? fs.readFileSync(file, "utf8") : null);
  }
  return locales.get(language);
}

function withoutYearSuffix(xml) {
  return xml.replace(/\sdisambiguate-add-year-suffix="[^"]*"/g, "");
}

function withDefaultLocale(xml, language) {
  if (!language) return xml;
  return xml.replace(/<style\b[^>]*>/, (tag) => {
    const bare = tag.replace(/\sdefault-locale="[^"]*"/, "");
    return bare.replace(/>$/, ` default-locale="${language}">`);
  });
}

function render(file, language) {
  let xml = withDefaultLocale(fs.readFileSync(file, "utf8"), language);
  if (job.disambiguate === false) xml = withoutYearSuffix(xml);
  const sys = {
    retrieveLocale: localeXml,
    retrieveItem: (id) => byId.get(String(id)),
    embedBibliographyEntry: (id) => `\u0001${id}\u0001`,
  };
  const engine = new CSL.Engine(sys, xml, job.lang || undefined, Boolean(job.lang));
  engine.opt.development_extensions.wrap_url_and_doi = false;
  engine.updateItems([...byId.keys()]);
  const made = engine.makeBibliography();
  if (!made) return { error: "the style has no bibliography" };
  if (job.quiet) return { entries: made[1].length };
  const entries = made[1].map((html) => [MARK.exec(html)[1], html.replace(MARK, "")]);
  return { ids: entries.map(([id]) => id), html: entries.map(([, html]) => html), layout: made[0] };
}

// The package writes warnings to the console, which is our answer's channel.
console.log = console.error;
const answer = {};
for (const [name, file, language] of job.styles) {
  try {
    answer[name] = render(file, language);
  } catch (error) {
    answer[name] = { error: String((error && error.message) || error) };
  }
}
process.stdout.write(JSON.stringify(answer));
