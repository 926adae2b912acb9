// Fill a template with docxtemplater; say the median of so many rounds in seconds.
// node docxtemplater.js TEMPLATE DATA OUT ROUNDS
const fs = require("fs");
const PizZip = require("pizzip");
const Docxtemplater = require("docxtemplater");

const [template, data, out, rounds] = process.argv.slice(2);
const content = fs.readFileSync(template);
const values = JSON.parse(fs.readFileSync(data, "utf-8"));
const taken = [];
let filled;
for (let round = -5; round < Number(rounds); round++) {
  const began = process.hrtime.bigint();
  const doc = new Docxtemplater(new PizZip(content), {
    delimiters: { start: "{{", end: "}}" },
    paragraphLoop: true,
    linebreaks: true,
  });
  doc.render(values);
  filled = doc.getZip().generate({ type: "nodebuffer", compression: "DEFLATE" });
  if (round >= 0) taken.push(Number(process.hrtime.bigint() - began) / 1e9);
}
fs.writeFileSync(out, filled);
taken.sort((a, b) => a - b);
console.log(taken[Math.floor(taken.length / 2)]);
