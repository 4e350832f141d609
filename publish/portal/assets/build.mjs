// Compiles portal.scss into dist/, which the portal embeds. dist/ is filled
// aside and renamed into place, so that a go build never sees half of it.
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { compile } from "sass";

// The portal embeds this file by name, so that a go build without it names the
// way out in the compiler's own message.
const marker = "The style sheet is not built yet, run make build";

const style = compile("portal.scss", { style: "compressed", loadPaths: ["node_modules"], quietDeps: true, charset: false });
const { version } = JSON.parse(readFileSync("node_modules/govuk-frontend/package.json", "utf8"));

rmSync("dist.new", { recursive: true, force: true });
mkdirSync("dist.new");
writeFileSync("dist.new/portal.css", style.css + "\n");
writeFileSync("dist.new/" + marker, `portal.css holds parts of govuk-frontend ${version}\n`);
rmSync("dist", { recursive: true, force: true });
renameSync("dist.new", "dist");
