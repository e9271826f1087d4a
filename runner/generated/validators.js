// Made from schemas/pushpals.schema.json by scripts/generate.mjs. Change the schema, not this file.
import func3Module from "ajv/dist/runtime/ucs2length.js";
const func3 = func3Module.default;
"use strict";
const project = validate22;
const schema7 = { "title": "Project", "description": "`pushpals.yml`: what should run in this repository.", "type": "object", "additionalProperties": false, "required": ["version", "project"], "properties": { "version": { "title": "Version", "description": "The version of this format.", "const": 1 }, "project": { "title": "Project name", "description": "A name for reports.", "type": "string", "minLength": 1, "maxLength": 100 }, "branch": { "$ref": "#/definitions/branchName" }, "ops": { "title": "Ops branch", "description": "Where orders, approvals and evidence live.", "type": "object", "additionalProperties": false, "properties": { "branch": { "$ref": "#/definitions/branchName" }, "worktree": { "title": "Work tree", "description": "The folder, relative to the repository, where people see that branch.", "type": "string", "pattern": "^(?!\\.\\.?(/|$))(?!.*/\\.\\.?(/|$))[A-Za-z0-9._][A-Za-z0-9._/-]{0,199}$", "default": "ops" }, "remote": { "title": "Remote", "description": "The remote that runners share, or `none` for one machine.", "type": "string", "pattern": "^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}$", "default": "none" } } }, "runner": { "title": "Runner", "description": "How much runs at once.", "type": "object", "additionalProperties": false, "properties": { "slots": { "title": "Slots", "description": "How many orders run at once. Where several machines share a remote, on each of them.", "type": "integer", "minimum": 1, "maximum": 64, "default": 2 }, "parallel": { "title": "Parallel steps", "description": "How many steps of one run execute at once.", "type": "integer", "minimum": 1, "maximum": 64, "default": 4 }, "lease": { "$ref": "#/definitions/duration" }, "overlapping": { "title": "Overlapping", "description": "What becomes of an order that may change the same files as one that runs, by `constraints.only` and the scopes of formulas and steps. `wait`: it waits for its turn; an order that says nothing of its scope does not. `strict`: one that says nothing may change everything. `run`: nothing waits for that, and what does not fit is found when it ships.", "type": "string", "enum": ["wait", "strict", "run"], "default": "wait" } } }, "sandbox": { "title": "Sandbox", "description": "The defaults of every step. A formula may narrow them.", "type": "object", "additionalProperties": false, "properties": { "driver": { "title": "Driver", "description": "What isolates a step. There is no fallback to a weaker one. `host` isolates nothing.", "type": "string", "enum": ["docker", "bubblewrap", "host"], "default": "docker" }, "image": { "title": "Image", "description": "The container image of the `docker` driver.", "type": "string", "minLength": 1, "maxLength": 400, "pattern": "^[a-z0-9][A-Za-z0-9._:/@-]*$" }, "build": { "$ref": "#/definitions/imageBuild" }, "image-policy": { "$ref": "#/definitions/imagePolicy" }, "caches": { "$ref": "#/definitions/size" }, "pull": { "title": "Pull", "description": "What becomes of an image that the engine does not have. `missing`: it is pulled, once, before a run begins. `never`: orders wait until somebody has pulled it.", "type": "string", "enum": ["missing", "never"], "default": "missing" }, "network": { "$ref": "#/definitions/network" }, "isolation": { "$ref": "#/definitions/isolation" }, "cpus": { "$ref": "#/definitions/cpus" }, "memory": { "$ref": "#/definitions/size" }, "pids": { "$ref": "#/definitions/pids" }, "disk": { "$ref": "#/definitions/size" }, "files": { "$ref": "#/definitions/fileCount" }, "output": { "$ref": "#/definitions/size" } } }, "commands": { "title": "Commands", "description": "Shell commands that formulas call by name. `setup` runs before every `check: { command: … }`.", "type": "object", "propertyNames": { "description": "Lower-case letters, digits and dashes, at most 40, starting with a letter.", "type": "string", "pattern": "^[a-z][a-z0-9-]{0,39}$" }, "additionalProperties": { "title": "Project command", "description": "A shell command, or one with what it may reach.", "anyOf": [{ "type": "string", "minLength": 1, "maxLength": 65536 }, { "type": "object", "additionalProperties": false, "required": ["run"], "properties": { "run": { "title": "Run", "description": "The shell command.", "type": "string", "minLength": 1, "maxLength": 65536 }, "network": { "$ref": "#/definitions/network" } } }] } }, "formula": { "$ref": "#/definitions/identifier" }, "hold-back": { "title": "Hold back", "description": "Results of orders that nobody asked for (triggers make them) that do not ship where there is nothing more to them, unless the order says what they unblock: `cosmetic` (comments, indentation, empty lines) and `documentation`.", "type": "array", "items": { "type": "string", "enum": ["cosmetic", "documentation"] }, "uniqueItems": true, "maxItems": 2, "default": ["cosmetic", "documentation"] }, "integrate": { "title": "Integrate", "description": "How results reach the project. An order is done when its result is seen in the target.", "type": "object", "additionalProperties": false, "properties": { "into": { "$ref": "#/definitions/branchName" }, "from": { "$ref": "#/definitions/branchName" }, "via": { "$ref": "#/definitions/via" }, "batch": { "title": "Batch", "description": "How many results that wait for the target are tried together: the checks run once for all of them, and where they fail, halves tell which result is to blame. 1: each by itself.", "type": "integer", "minimum": 1, "maximum": 50, "default": 5 }, "fast-forward": { "title": "Fast-forward", "description": "Where there is no remote, whether a target that somebody has checked out here is moved together with their work tree, as long as all of theirs is committed. Otherwise the order waits until they merge it.", "type": "boolean", "default": false }, "open": { "title": "Open", "description": "How many pull requests of results are open at once; the others wait, the most urgent first.", "type": "integer", "minimum": 1, "maximum": 100, "default": 5 }, "rolling": { "title": "Rolling", "description": "Keeps one pull request from the target to `from` open while the target is ahead of it. It lists the orders that are in it, and people merge it.", "type": "boolean", "default": false }, "labels": { "title": "Labels", "description": "Labels that each pull request of a result gets.", "type": "array", "maxItems": 20, "uniqueItems": true, "items": { "type": "string", "maxLength": 50, "pattern": "^[^\\s,]([^\\u0000-\\u001f,]*[^\\s,])?$" } }, "reviewers": { "title": "Reviewers", "description": "Who is asked to review each pull request of a result: logins; on GitHub also teams, as `organization/team`.", "type": "array", "maxItems": 20, "uniqueItems": true, "items": { "type": "string", "maxLength": 100, "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9._-]+)?$" } }, "method": { "title": "Method", "description": "How the runner merges a pull request where the policy has it do so (`auto-merge`).", "type": "string", "enum": ["merge", "squash", "rebase"], "default": "merge" } } }, "mirrors": { "title": "Mirrors", "description": "Remotes that only follow the project: they are brought along when its branch or target has moved, never by force. That one cannot be is said and tried again, and holds nothing up.", "type": "array", "maxItems": 20, "items": { "title": "Mirror", "description": "One of them.", "type": "object", "additionalProperties": false, "required": ["remote"], "properties": { "remote": { "title": "Remote", "description": "The name of a git remote on the machine of the runner, or an address by https, ssh or git, without a password. It is reached as the git of whoever runs the runner reaches it.", "type": "string", "minLength": 1, "maxLength": 400, "pattern": "^(?!-)[!-~]+$" }, "branches": { "title": "Branches", "description": "Globs of the branches that it has. Default: the project's branch and the target. The runner's own (`ops`, `vault/…`, `pushpals/…`) are none of them.", "type": "array", "maxItems": 50, "items": { "type": "string", "minLength": 1, "maxLength": 200 } }, "tags": { "title": "Tags", "description": "Globs of the tags that it has; they go along when a branch does. Default: none.", "type": "array", "maxItems": 50, "items": { "type": "string", "minLength": 1, "maxLength": 200 } } } } }, "forge": { "title": "Forge", "description": "Where pull requests live.", "type": "object", "additionalProperties": false, "properties": { "kind": { "title": "Kind", "description": "The forge's software.", "type": "string", "enum": ["none", "github", "gitea", "gitlab"], "default": "none" }, "repo": { "title": "Repository", "description": "Its name on the forge, as `owner/name`.", "type": "string", "maxLength": 400, "pattern": "^(?!(.*/)?\\.{1,2}(/|$))[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)+$" }, "baseUrl": { "title": "Base URL", "description": "Where the forge is, as in a browser. Default: the public ones of GitHub and GitLab.", "type": "string", "pattern": "^https?://[^/?#@]+(/[^?#]*)?$", "maxLength": 500 }, "token": { "$ref": "#/definitions/secretSource" } } }, "issues": { "title": "Issues", "description": "Which issues of the forge become orders. What is written in one is never an instruction: the formula `gatekeeper` looks into it, and files the order that it comes to in words of its own. Default: none.", "type": "object", "additionalProperties": false, "required": ["labels"], "properties": { "labels": { "title": "Labels", "description": "The labels that make an issue an order; of several that it has, the first one here counts. Whoever can label issues has work begun by it.", "type": "object", "minProperties": 1, "maxProperties": 10, "propertyNames": { "description": "A label as the forge has it: at most 100 characters, no comma.", "type": "string", "pattern": "^[^,\\s\\u0000-\\u001f]([^,\\u0000-\\u001f]{0,98}[^,\\s\\u0000-\\u001f])?$" }, "additionalProperties": { "title": "Label", "description": "What orders of such issues are like; `{}` for nothing beside the rules of the project.", "type": "object", "additionalProperties": false, "properties": { "formula": { "$ref": "#/definitions/identifier" }, "risk": { "$ref": "#/definitions/tier" }, "priority": { "title": "Priority", "description": "How urgent they are beside others.", "type": "string", "enum": ["normal", "background"], "default": "normal" } } } }, "most": { "title": "Most", "description": "Of how many issues orders may wait or run at once.", "type": "integer", "minimum": 1, "maximum": 100, "default": 10 } } }, "signals": { "title": "Signals", "description": "Which signals of the forge become orders, each as the formula that takes it on, or `off`. Nothing that a check or a review says is an instruction: it goes with the order as background. Default: none.", "type": "object", "additionalProperties": false, "minProperties": 1, "properties": { "default-branch": { "$ref": "#/definitions/identifier" }, "checks": { "$ref": "#/definitions/identifier" }, "reviews": { "$ref": "#/definitions/identifier" }, "conflicts": { "$ref": "#/definitions/identifier" }, "rounds": { "title": "Rounds", "description": "How many orders are made of what checks find on one pull request, and of conflicts that none of them resolved, before a person is asked. What something around the work ended does not count, nor what people cancelled.", "type": "integer", "minimum": 1, "maximum": 20, "default": 3 } } }, "models": { "title": "Models", "description": "Language models by name.", "type": "object", "propertyNames": { "$ref": "#/definitions/identifier" }, "additionalProperties": { "type": "object", "additionalProperties": false, "required": ["provider", "model"], "properties": { "provider": { "title": "Provider", "description": "The protocol the server speaks.", "type": "string", "enum": ["ollama", "openai"] }, "model": { "title": "Model", "description": "The model's name there.", "type": "string", "minLength": 1, "maxLength": 200 }, "baseUrl": { "title": "Base URL", "description": "Where the server answers. Default for `ollama`: the runner's `OLLAMA_HOST`, else its usual port on this machine; for `openai`: the API of OpenAI itself.", "type": "string", "pattern": "^https?://", "maxLength": 500 }, "keyEnv": { "title": "Key variable", "description": "The environment variable of the runner that holds the key. It never reaches a sandbox.", "type": "string", "pattern": "^[A-Z_][A-Z0-9_]*$" }, "context": { "title": "Context", "description": "How many tokens fit, prompt and answer together. Default: what the server says of the model, for `ollama` at most 32768, as memory grows with it; 8192 where it says nothing.", "type": "integer", "minimum": 1024, "maximum": 1e7 }, "temperature": { "title": "Temperature", "description": "How freely it answers.", "type": "number", "minimum": 0, "maximum": 2, "default": 0 }, "seed": { "title": "Seed", "description": "Where the server heeds one: the same seed, the same answer.", "type": "integer", "minimum": 0, "default": 1 }, "calls": { "title": "Calls", "description": "How it asks for tools. `native`: by the server's own tool calls. `text`: by a plain-text format, for models that know none. `auto`: whatever the server says of the model.", "type": "string", "enum": ["auto", "native", "text"], "default": "auto" }, "price": { "title": "Price", "description": "What a million tokens cost, in US dollars; without it, using the model costs nothing.", "type": "object", "additionalProperties": false, "required": ["input", "output"], "properties": { "input": { "title": "Input", "description": "Of what is read.", "type": "number", "minimum": 0 }, "output": { "title": "Output", "description": "Of what is written.", "type": "number", "minimum": 0 } } }, "timeout": { "$ref": "#/definitions/duration" } } } }, "triggers": { "title": "Triggers", "description": "What makes an order without a person.", "type": "array", "maxItems": 200, "items": { "type": "object", "additionalProperties": false, "required": ["id", "order"], "properties": { "id": { "$ref": "#/definitions/identifier" }, "cron": { "title": "Cron", "description": "Fires by the clock: five fields (minute hour day month weekday), or `@daily` and the like. A time that a daylight-saving day skips is taken an hour later, one that it has twice the first time; every hour (`*`) is every hour that passes.", "type": "string", "minLength": 1, "maxLength": 200 }, "timezone": { "title": "Time zone", "description": "An IANA name, such as `Europe/Berlin`.", "type": "string", "maxLength": 100, "default": "UTC" }, "missed": { "title": "Missed", "description": "What to do about instants at which nothing ran: make the last one up, make all of them up (oldest first), or let them go.", "type": "string", "enum": ["latest", "all", "skip"], "default": "latest" }, "jitter": { "$ref": "#/definitions/duration" }, "deadline": { "$ref": "#/definitions/duration" }, "branch": { "$ref": "#/definitions/branchName" }, "paths": { "$ref": "#/definitions/globs" }, "files": { "title": "Files", "description": "Fires when a committed file of the ops branch changes: globs over what is the people's there, such as `knowledge/**` or `RESOURCES.md`.", "type": "array", "items": { "$ref": "#/definitions/glob" }, "minItems": 1, "maxItems": 100 }, "after": { "title": "After", "description": "Fires when an order ends.", "type": "object", "additionalProperties": false, "required": ["formula"], "properties": { "formula": { "$ref": "#/definitions/identifier" }, "on": { "title": "On", "description": "As what it ends.", "type": "string", "enum": ["done", "failed", "cancelled"], "default": "done" } } }, "vault": { "title": "Vault", "description": "Fires when a request is decided.", "type": "object", "additionalProperties": false, "required": ["on"], "properties": { "on": { "title": "On", "description": "The decision.", "type": "string", "enum": ["approved", "rejected", "expired"] }, "kind": { "title": "Kind", "description": "Of requests of this kind only.", "type": "string", "enum": ["start", "merge", "step", "budget", "task", "question"] } } }, "order": { "title": "Order", "description": "The order to make.", "type": "object", "additionalProperties": false, "required": ["formula"], "properties": { "goal": { "title": "Goal", "description": "What is wanted.", "type": "string", "minLength": 1, "maxLength": 4e3 }, "formula": { "$ref": "#/definitions/identifier" }, "risk": { "$ref": "#/definitions/tier" }, "priority": { "$ref": "#/definitions/priority" }, "inputs": { "title": "Inputs", "description": "The formula's inputs.", "type": "object" }, "constraints": { "$ref": "#/definitions/constraints" }, "unblocks": { "title": "Unblocks", "description": "What cannot go on without its results; they then ship though they are only cosmetic or documentation.", "type": "string", "minLength": 1, "maxLength": 2e3 } } } } } }, "secrets": { "title": "Secrets", "description": "Where the runner's machine has the values of secrets. One that is not named here is the runner's environment variable `PUSHPALS_SECRET_<NAME>`.", "type": "object", "maxProperties": 200, "propertyNames": { "$ref": "#/definitions/secretName" }, "additionalProperties": { "$ref": "#/definitions/secretSource" } }, "notify": { "title": "Notify", "description": "Commands to run on events.", "type": "array", "maxItems": 50, "items": { "type": "object", "additionalProperties": false, "required": ["command", "on"], "properties": { "command": { "title": "Command", "description": "An argument list.", "type": "array", "items": { "type": "string" }, "minItems": 1 }, "on": { "title": "Events", "description": "The events to hear of.", "type": "array", "items": { "type": "string", "enum": ["vault-pending", "failed", "done", "rejected"] }, "minItems": 1 } } } } } };
const func2 = Object.prototype.hasOwnProperty;
const schema8 = { "title": "Branch name", "description": "The short name of a branch, such as `main`.", "type": "string", "pattern": "^(?!.*(\\.\\.|//|@\\{|\\.lock(/|$)))[A-Za-z0-9_][A-Za-z0-9._/+-]{0,199}(?<![./])$" };
const pattern0 = new RegExp("^(?!.*(\\.\\.|//|@\\{|\\.lock(/|$)))[A-Za-z0-9_][A-Za-z0-9._/+-]{0,199}(?<![./])$", "u");
function validate23(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (typeof data === "string") {
    if (!pattern0.test(data)) {
      const err0 = { instancePath, schemaPath: "#/pattern", keyword: "pattern", params: { pattern: "^(?!.*(\\.\\.|//|@\\{|\\.lock(/|$)))[A-Za-z0-9_][A-Za-z0-9._/+-]{0,199}(?<![./])$" }, message: 'must match pattern "^(?!.*(\\.\\.|//|@\\{|\\.lock(/|$)))[A-Za-z0-9_][A-Za-z0-9._/+-]{0,199}(?<![./])$"', schema: "^(?!.*(\\.\\.|//|@\\{|\\.lock(/|$)))[A-Za-z0-9_][A-Za-z0-9._/+-]{0,199}(?<![./])$", parentSchema: schema8, data };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
  } else {
    const err1 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema8.type, parentSchema: schema8, data };
    if (vErrors === null) {
      vErrors = [err1];
    } else {
      vErrors.push(err1);
    }
    errors++;
  }
  validate23.errors = vErrors;
  return errors === 0;
}
const schema9 = { "title": "Duration", "description": "A length of time: a whole number and `ms`, `s`, `m`, `h` or `d`.", "type": "string", "pattern": "^[1-9]\\d{0,6}(ms|s|m|h|d)$" };
const pattern3 = new RegExp("^[1-9]\\d{0,6}(ms|s|m|h|d)$", "u");
function validate26(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (typeof data === "string") {
    if (!pattern3.test(data)) {
      const err0 = { instancePath, schemaPath: "#/pattern", keyword: "pattern", params: { pattern: "^[1-9]\\d{0,6}(ms|s|m|h|d)$" }, message: 'must match pattern "^[1-9]\\d{0,6}(ms|s|m|h|d)$"', schema: "^[1-9]\\d{0,6}(ms|s|m|h|d)$", parentSchema: schema9, data };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
  } else {
    const err1 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema9.type, parentSchema: schema9, data };
    if (vErrors === null) {
      vErrors = [err1];
    } else {
      vErrors.push(err1);
    }
    errors++;
  }
  validate26.errors = vErrors;
  return errors === 0;
}
const schema10 = { "title": "Image build", "description": "What an image is built from: files of the project, as they are committed.", "type": "object", "additionalProperties": false, "properties": { "dockerfile": { "title": "Dockerfile", "description": "A file of the project.", "type": "string", "pattern": "^(?!\\.\\.?(/|$))(?!.*/\\.\\.?(/|$))[A-Za-z0-9._][A-Za-z0-9._/-]{0,199}$", "default": "Dockerfile" }, "context": { "title": "Context", "description": "The folder that the Dockerfile can copy from, `.` for all of the project. Without it the Dockerfile stands alone, and only a change to it has the image built anew.", "type": "string", "pattern": "^(\\.|(?!\\.\\.?(/|$))(?!.*/\\.\\.?(/|$))[A-Za-z0-9._][A-Za-z0-9._/-]{0,199})$" }, "network": { "title": "Build network", "description": "What the steps of the Dockerfile may reach: nothing, or everything where the policy says `network: { allow: full }`.", "type": "string", "enum": ["none", "full"], "default": "none" } } };
const pattern1 = new RegExp("^(?!\\.\\.?(/|$))(?!.*/\\.\\.?(/|$))[A-Za-z0-9._][A-Za-z0-9._/-]{0,199}$", "u");
const pattern6 = new RegExp("^(\\.|(?!\\.\\.?(/|$))(?!.*/\\.\\.?(/|$))[A-Za-z0-9._][A-Za-z0-9._/-]{0,199})$", "u");
function validate28(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!(key0 === "dockerfile" || key0 === "context" || key0 === "network")) {
        const err0 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties", schema: false, parentSchema: schema10, data };
        if (vErrors === null) {
          vErrors = [err0];
        } else {
          vErrors.push(err0);
        }
        errors++;
      }
    }
    if (data.dockerfile !== void 0) {
      let data0 = data.dockerfile;
      if (typeof data0 === "string") {
        if (!pattern1.test(data0)) {
          const err1 = { instancePath: instancePath + "/dockerfile", schemaPath: "#/properties/dockerfile/pattern", keyword: "pattern", params: { pattern: "^(?!\\.\\.?(/|$))(?!.*/\\.\\.?(/|$))[A-Za-z0-9._][A-Za-z0-9._/-]{0,199}$" }, message: 'must match pattern "^(?!\\.\\.?(/|$))(?!.*/\\.\\.?(/|$))[A-Za-z0-9._][A-Za-z0-9._/-]{0,199}$"', schema: "^(?!\\.\\.?(/|$))(?!.*/\\.\\.?(/|$))[A-Za-z0-9._][A-Za-z0-9._/-]{0,199}$", parentSchema: schema10.properties.dockerfile, data: data0 };
          if (vErrors === null) {
            vErrors = [err1];
          } else {
            vErrors.push(err1);
          }
          errors++;
        }
      } else {
        const err2 = { instancePath: instancePath + "/dockerfile", schemaPath: "#/properties/dockerfile/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema10.properties.dockerfile.type, parentSchema: schema10.properties.dockerfile, data: data0 };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
    }
    if (data.context !== void 0) {
      let data1 = data.context;
      if (typeof data1 === "string") {
        if (!pattern6.test(data1)) {
          const err3 = { instancePath: instancePath + "/context", schemaPath: "#/properties/context/pattern", keyword: "pattern", params: { pattern: "^(\\.|(?!\\.\\.?(/|$))(?!.*/\\.\\.?(/|$))[A-Za-z0-9._][A-Za-z0-9._/-]{0,199})$" }, message: 'must match pattern "^(\\.|(?!\\.\\.?(/|$))(?!.*/\\.\\.?(/|$))[A-Za-z0-9._][A-Za-z0-9._/-]{0,199})$"', schema: "^(\\.|(?!\\.\\.?(/|$))(?!.*/\\.\\.?(/|$))[A-Za-z0-9._][A-Za-z0-9._/-]{0,199})$", parentSchema: schema10.properties.context, data: data1 };
          if (vErrors === null) {
            vErrors = [err3];
          } else {
            vErrors.push(err3);
          }
          errors++;
        }
      } else {
        const err4 = { instancePath: instancePath + "/context", schemaPath: "#/properties/context/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema10.properties.context.type, parentSchema: schema10.properties.context, data: data1 };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
    }
    if (data.network !== void 0) {
      let data2 = data.network;
      if (typeof data2 !== "string") {
        const err5 = { instancePath: instancePath + "/network", schemaPath: "#/properties/network/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema10.properties.network.type, parentSchema: schema10.properties.network, data: data2 };
        if (vErrors === null) {
          vErrors = [err5];
        } else {
          vErrors.push(err5);
        }
        errors++;
      }
      if (!(data2 === "none" || data2 === "full")) {
        const err6 = { instancePath: instancePath + "/network", schemaPath: "#/properties/network/enum", keyword: "enum", params: { allowedValues: schema10.properties.network.enum }, message: "must be equal to one of the allowed values", schema: schema10.properties.network.enum, parentSchema: schema10.properties.network, data: data2 };
        if (vErrors === null) {
          vErrors = [err6];
        } else {
          vErrors.push(err6);
        }
        errors++;
      }
    }
  } else {
    const err7 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema10.type, parentSchema: schema10, data };
    if (vErrors === null) {
      vErrors = [err7];
    } else {
      vErrors.push(err7);
    }
    errors++;
  }
  validate28.errors = vErrors;
  return errors === 0;
}
const schema11 = { "title": "Image policy", "description": "`pinned`: images are named by their digest (`name@sha256:…`), so that what was looked at is what runs. `any`: a tag is enough.", "type": "string", "enum": ["any", "pinned"] };
function validate30(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (typeof data !== "string") {
    const err0 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.type, parentSchema: schema11, data };
    if (vErrors === null) {
      vErrors = [err0];
    } else {
      vErrors.push(err0);
    }
    errors++;
  }
  if (!(data === "any" || data === "pinned")) {
    const err1 = { instancePath, schemaPath: "#/enum", keyword: "enum", params: { allowedValues: schema11.enum }, message: "must be equal to one of the allowed values", schema: schema11.enum, parentSchema: schema11, data };
    if (vErrors === null) {
      vErrors = [err1];
    } else {
      vErrors.push(err1);
    }
    errors++;
  }
  validate30.errors = vErrors;
  return errors === 0;
}
const schema12 = { "title": "Size", "description": "A number of bytes: a whole number and `KB`, `MB` or `GB` (1 KB is 1024 bytes).", "type": "string", "pattern": "^[1-9]\\d{0,6}(KB|MB|GB)$" };
const pattern7 = new RegExp("^[1-9]\\d{0,6}(KB|MB|GB)$", "u");
function validate32(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (typeof data === "string") {
    if (!pattern7.test(data)) {
      const err0 = { instancePath, schemaPath: "#/pattern", keyword: "pattern", params: { pattern: "^[1-9]\\d{0,6}(KB|MB|GB)$" }, message: 'must match pattern "^[1-9]\\d{0,6}(KB|MB|GB)$"', schema: "^[1-9]\\d{0,6}(KB|MB|GB)$", parentSchema: schema12, data };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
  } else {
    const err1 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema12.type, parentSchema: schema12, data };
    if (vErrors === null) {
      vErrors = [err1];
    } else {
      vErrors.push(err1);
    }
    errors++;
  }
  validate32.errors = vErrors;
  return errors === 0;
}
const schema13 = { "title": "Network", "description": "What a step may reach: `none`, `full` (with the driver `bubblewrap` that is the machine's own network, loopback and all), or a list of hosts and nothing but them, by HTTP and HTTPS.", "anyOf": [{ "type": "string", "enum": ["none", "full"] }, { "type": "array", "items": { "title": "Host name", "description": "Such as `registry.example.org` (its ports 80 and 443), `example.org:8443`, or `*.example.org`: every name under it, and not it.", "type": "string", "pattern": "^(\\*\\.)?[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:\\d{1,5})?$" }, "minItems": 1, "maxItems": 200 }] };
const pattern8 = new RegExp("^(\\*\\.)?[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:\\d{1,5})?$", "u");
function validate34(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  const _errs0 = errors;
  let valid0 = false;
  const _errs1 = errors;
  if (typeof data !== "string") {
    const err0 = { instancePath, schemaPath: "#/anyOf/0/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema13.anyOf[0].type, parentSchema: schema13.anyOf[0], data };
    if (vErrors === null) {
      vErrors = [err0];
    } else {
      vErrors.push(err0);
    }
    errors++;
  }
  if (!(data === "none" || data === "full")) {
    const err1 = { instancePath, schemaPath: "#/anyOf/0/enum", keyword: "enum", params: { allowedValues: schema13.anyOf[0].enum }, message: "must be equal to one of the allowed values", schema: schema13.anyOf[0].enum, parentSchema: schema13.anyOf[0], data };
    if (vErrors === null) {
      vErrors = [err1];
    } else {
      vErrors.push(err1);
    }
    errors++;
  }
  var _valid0 = _errs1 === errors;
  valid0 = valid0 || _valid0;
  if (!valid0) {
    const _errs3 = errors;
    if (Array.isArray(data)) {
      if (data.length > 200) {
        const err2 = { instancePath, schemaPath: "#/anyOf/1/maxItems", keyword: "maxItems", params: { limit: 200 }, message: "must NOT have more than 200 items", schema: 200, parentSchema: schema13.anyOf[1], data };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
      if (data.length < 1) {
        const err3 = { instancePath, schemaPath: "#/anyOf/1/minItems", keyword: "minItems", params: { limit: 1 }, message: "must NOT have fewer than 1 items", schema: 1, parentSchema: schema13.anyOf[1], data };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
      const len0 = data.length;
      for (let i0 = 0; i0 < len0; i0++) {
        let data0 = data[i0];
        if (typeof data0 === "string") {
          if (!pattern8.test(data0)) {
            const err4 = { instancePath: instancePath + "/" + i0, schemaPath: "#/anyOf/1/items/pattern", keyword: "pattern", params: { pattern: "^(\\*\\.)?[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:\\d{1,5})?$" }, message: 'must match pattern "^(\\*\\.)?[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:\\d{1,5})?$"', schema: "^(\\*\\.)?[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:\\d{1,5})?$", parentSchema: schema13.anyOf[1].items, data: data0 };
            if (vErrors === null) {
              vErrors = [err4];
            } else {
              vErrors.push(err4);
            }
            errors++;
          }
        } else {
          const err5 = { instancePath: instancePath + "/" + i0, schemaPath: "#/anyOf/1/items/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema13.anyOf[1].items.type, parentSchema: schema13.anyOf[1].items, data: data0 };
          if (vErrors === null) {
            vErrors = [err5];
          } else {
            vErrors.push(err5);
          }
          errors++;
        }
      }
    } else {
      const err6 = { instancePath, schemaPath: "#/anyOf/1/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema13.anyOf[1].type, parentSchema: schema13.anyOf[1], data };
      if (vErrors === null) {
        vErrors = [err6];
      } else {
        vErrors.push(err6);
      }
      errors++;
    }
    var _valid0 = _errs3 === errors;
    valid0 = valid0 || _valid0;
  }
  if (!valid0) {
    const err7 = { instancePath, schemaPath: "#/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf", schema: schema13.anyOf, parentSchema: schema13, data };
    if (vErrors === null) {
      vErrors = [err7];
    } else {
      vErrors.push(err7);
    }
    errors++;
  } else {
    errors = _errs0;
    if (vErrors !== null) {
      if (_errs0) {
        vErrors.length = _errs0;
      } else {
        vErrors = null;
      }
    }
  }
  validate34.errors = vErrors;
  return errors === 0;
}
const schema14 = { "title": "Isolation", "description": "How strictly a step is held apart: `container` (driver `docker`), `process` (namespaces; `bubblewrap`) or `none` (`host`). Never less than this; more is fine.", "type": "string", "enum": ["container", "process", "none"] };
function validate36(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (typeof data !== "string") {
    const err0 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema14.type, parentSchema: schema14, data };
    if (vErrors === null) {
      vErrors = [err0];
    } else {
      vErrors.push(err0);
    }
    errors++;
  }
  if (!(data === "container" || data === "process" || data === "none")) {
    const err1 = { instancePath, schemaPath: "#/enum", keyword: "enum", params: { allowedValues: schema14.enum }, message: "must be equal to one of the allowed values", schema: schema14.enum, parentSchema: schema14, data };
    if (vErrors === null) {
      vErrors = [err1];
    } else {
      vErrors.push(err1);
    }
    errors++;
  }
  validate36.errors = vErrors;
  return errors === 0;
}
const schema15 = { "title": "CPUs", "description": "Processors.", "type": "number", "exclusiveMinimum": 0, "maximum": 256 };
function validate38(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (typeof data == "number" && isFinite(data)) {
    if (data > 256 || isNaN(data)) {
      const err0 = { instancePath, schemaPath: "#/maximum", keyword: "maximum", params: { comparison: "<=", limit: 256 }, message: "must be <= 256", schema: 256, parentSchema: schema15, data };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (data <= 0 || isNaN(data)) {
      const err1 = { instancePath, schemaPath: "#/exclusiveMinimum", keyword: "exclusiveMinimum", params: { comparison: ">", limit: 0 }, message: "must be > 0", schema: 0, parentSchema: schema15, data };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
  } else {
    const err2 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "number" }, message: "must be number", schema: schema15.type, parentSchema: schema15, data };
    if (vErrors === null) {
      vErrors = [err2];
    } else {
      vErrors.push(err2);
    }
    errors++;
  }
  validate38.errors = vErrors;
  return errors === 0;
}
const schema16 = { "title": "Processes", "description": "Processes and threads at the same time.", "type": "integer", "minimum": 16, "maximum": 65536 };
function validate41(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (!(typeof data == "number" && (!(data % 1) && !isNaN(data)) && isFinite(data))) {
    const err0 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema16.type, parentSchema: schema16, data };
    if (vErrors === null) {
      vErrors = [err0];
    } else {
      vErrors.push(err0);
    }
    errors++;
  }
  if (typeof data == "number" && isFinite(data)) {
    if (data > 65536 || isNaN(data)) {
      const err1 = { instancePath, schemaPath: "#/maximum", keyword: "maximum", params: { comparison: "<=", limit: 65536 }, message: "must be <= 65536", schema: 65536, parentSchema: schema16, data };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    if (data < 16 || isNaN(data)) {
      const err2 = { instancePath, schemaPath: "#/minimum", keyword: "minimum", params: { comparison: ">=", limit: 16 }, message: "must be >= 16", schema: 16, parentSchema: schema16, data };
      if (vErrors === null) {
        vErrors = [err2];
      } else {
        vErrors.push(err2);
      }
      errors++;
    }
  }
  validate41.errors = vErrors;
  return errors === 0;
}
const schema17 = { "title": "Files", "description": "Files and folders.", "type": "integer", "minimum": 1, "maximum": 1e8 };
function validate44(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (!(typeof data == "number" && (!(data % 1) && !isNaN(data)) && isFinite(data))) {
    const err0 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema17.type, parentSchema: schema17, data };
    if (vErrors === null) {
      vErrors = [err0];
    } else {
      vErrors.push(err0);
    }
    errors++;
  }
  if (typeof data == "number" && isFinite(data)) {
    if (data > 1e8 || isNaN(data)) {
      const err1 = { instancePath, schemaPath: "#/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1e8 }, message: "must be <= 100000000", schema: 1e8, parentSchema: schema17, data };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    if (data < 1 || isNaN(data)) {
      const err2 = { instancePath, schemaPath: "#/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1", schema: 1, parentSchema: schema17, data };
      if (vErrors === null) {
        vErrors = [err2];
      } else {
        vErrors.push(err2);
      }
      errors++;
    }
  }
  validate44.errors = vErrors;
  return errors === 0;
}
const schema18 = { "title": "Identifier", "description": "Lower-case letters, digits and dashes, at most 60, starting with a letter or digit.", "type": "string", "pattern": "^[a-z0-9][a-z0-9-]{0,59}$" };
const pattern10 = new RegExp("^[a-z0-9][a-z0-9-]{0,59}$", "u");
function validate48(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (typeof data === "string") {
    if (!pattern10.test(data)) {
      const err0 = { instancePath, schemaPath: "#/pattern", keyword: "pattern", params: { pattern: "^[a-z0-9][a-z0-9-]{0,59}$" }, message: 'must match pattern "^[a-z0-9][a-z0-9-]{0,59}$"', schema: "^[a-z0-9][a-z0-9-]{0,59}$", parentSchema: schema18, data };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
  } else {
    const err1 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema18.type, parentSchema: schema18, data };
    if (vErrors === null) {
      vErrors = [err1];
    } else {
      vErrors.push(err1);
    }
    errors++;
  }
  validate48.errors = vErrors;
  return errors === 0;
}
const schema19 = { "title": "Via", "description": "How a result reaches the project, the strictest last: `merge`, `pull-request`, `branch`.", "type": "string", "enum": ["merge", "pull-request", "branch"] };
function validate52(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (typeof data !== "string") {
    const err0 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema19.type, parentSchema: schema19, data };
    if (vErrors === null) {
      vErrors = [err0];
    } else {
      vErrors.push(err0);
    }
    errors++;
  }
  if (!(data === "merge" || data === "pull-request" || data === "branch")) {
    const err1 = { instancePath, schemaPath: "#/enum", keyword: "enum", params: { allowedValues: schema19.enum }, message: "must be equal to one of the allowed values", schema: schema19.enum, parentSchema: schema19, data };
    if (vErrors === null) {
      vErrors = [err1];
    } else {
      vErrors.push(err1);
    }
    errors++;
  }
  validate52.errors = vErrors;
  return errors === 0;
}
const schema20 = { "title": "Source", "description": "Exactly one of `env`, `file`, `command`.", "type": "object", "additionalProperties": false, "minProperties": 1, "maxProperties": 1, "properties": { "env": { "title": "Variable", "description": "A variable of the runner's environment.", "type": "string", "pattern": "^[A-Za-z_][A-Za-z0-9_]{0,199}$" }, "file": { "title": "File", "description": "An absolute path on the runner's machine, outside of the repository, that nobody but its owner may read. A line break at its end does not count.", "type": "string", "pattern": "^/", "minLength": 2, "maxLength": 1e3 }, "command": { "title": "Command", "description": "A program with its arguments, run on the runner's machine as the runner, without a shell; what it prints is the value. A line break at the end does not count.", "type": "array", "minItems": 1, "maxItems": 50, "items": { "type": "string", "maxLength": 1e3 } } } };
const pattern16 = new RegExp("^[A-Za-z_][A-Za-z0-9_]{0,199}$", "u");
const pattern17 = new RegExp("^/", "u");
function validate54(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (Object.keys(data).length > 1) {
      const err0 = { instancePath, schemaPath: "#/maxProperties", keyword: "maxProperties", params: { limit: 1 }, message: "must NOT have more than 1 properties", schema: 1, parentSchema: schema20, data };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (Object.keys(data).length < 1) {
      const err1 = { instancePath, schemaPath: "#/minProperties", keyword: "minProperties", params: { limit: 1 }, message: "must NOT have fewer than 1 properties", schema: 1, parentSchema: schema20, data };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    for (const key0 in data) {
      if (!(key0 === "env" || key0 === "file" || key0 === "command")) {
        const err2 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties", schema: false, parentSchema: schema20, data };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
    }
    if (data.env !== void 0) {
      let data0 = data.env;
      if (typeof data0 === "string") {
        if (!pattern16.test(data0)) {
          const err3 = { instancePath: instancePath + "/env", schemaPath: "#/properties/env/pattern", keyword: "pattern", params: { pattern: "^[A-Za-z_][A-Za-z0-9_]{0,199}$" }, message: 'must match pattern "^[A-Za-z_][A-Za-z0-9_]{0,199}$"', schema: "^[A-Za-z_][A-Za-z0-9_]{0,199}$", parentSchema: schema20.properties.env, data: data0 };
          if (vErrors === null) {
            vErrors = [err3];
          } else {
            vErrors.push(err3);
          }
          errors++;
        }
      } else {
        const err4 = { instancePath: instancePath + "/env", schemaPath: "#/properties/env/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema20.properties.env.type, parentSchema: schema20.properties.env, data: data0 };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
    }
    if (data.file !== void 0) {
      let data1 = data.file;
      if (typeof data1 === "string") {
        if (func3(data1) > 1e3) {
          const err5 = { instancePath: instancePath + "/file", schemaPath: "#/properties/file/maxLength", keyword: "maxLength", params: { limit: 1e3 }, message: "must NOT have more than 1000 characters", schema: 1e3, parentSchema: schema20.properties.file, data: data1 };
          if (vErrors === null) {
            vErrors = [err5];
          } else {
            vErrors.push(err5);
          }
          errors++;
        }
        if (func3(data1) < 2) {
          const err6 = { instancePath: instancePath + "/file", schemaPath: "#/properties/file/minLength", keyword: "minLength", params: { limit: 2 }, message: "must NOT have fewer than 2 characters", schema: 2, parentSchema: schema20.properties.file, data: data1 };
          if (vErrors === null) {
            vErrors = [err6];
          } else {
            vErrors.push(err6);
          }
          errors++;
        }
        if (!pattern17.test(data1)) {
          const err7 = { instancePath: instancePath + "/file", schemaPath: "#/properties/file/pattern", keyword: "pattern", params: { pattern: "^/" }, message: 'must match pattern "^/"', schema: "^/", parentSchema: schema20.properties.file, data: data1 };
          if (vErrors === null) {
            vErrors = [err7];
          } else {
            vErrors.push(err7);
          }
          errors++;
        }
      } else {
        const err8 = { instancePath: instancePath + "/file", schemaPath: "#/properties/file/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema20.properties.file.type, parentSchema: schema20.properties.file, data: data1 };
        if (vErrors === null) {
          vErrors = [err8];
        } else {
          vErrors.push(err8);
        }
        errors++;
      }
    }
    if (data.command !== void 0) {
      let data2 = data.command;
      if (Array.isArray(data2)) {
        if (data2.length > 50) {
          const err9 = { instancePath: instancePath + "/command", schemaPath: "#/properties/command/maxItems", keyword: "maxItems", params: { limit: 50 }, message: "must NOT have more than 50 items", schema: 50, parentSchema: schema20.properties.command, data: data2 };
          if (vErrors === null) {
            vErrors = [err9];
          } else {
            vErrors.push(err9);
          }
          errors++;
        }
        if (data2.length < 1) {
          const err10 = { instancePath: instancePath + "/command", schemaPath: "#/properties/command/minItems", keyword: "minItems", params: { limit: 1 }, message: "must NOT have fewer than 1 items", schema: 1, parentSchema: schema20.properties.command, data: data2 };
          if (vErrors === null) {
            vErrors = [err10];
          } else {
            vErrors.push(err10);
          }
          errors++;
        }
        const len0 = data2.length;
        for (let i0 = 0; i0 < len0; i0++) {
          let data3 = data2[i0];
          if (typeof data3 === "string") {
            if (func3(data3) > 1e3) {
              const err11 = { instancePath: instancePath + "/command/" + i0, schemaPath: "#/properties/command/items/maxLength", keyword: "maxLength", params: { limit: 1e3 }, message: "must NOT have more than 1000 characters", schema: 1e3, parentSchema: schema20.properties.command.items, data: data3 };
              if (vErrors === null) {
                vErrors = [err11];
              } else {
                vErrors.push(err11);
              }
              errors++;
            }
          } else {
            const err12 = { instancePath: instancePath + "/command/" + i0, schemaPath: "#/properties/command/items/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema20.properties.command.items.type, parentSchema: schema20.properties.command.items, data: data3 };
            if (vErrors === null) {
              vErrors = [err12];
            } else {
              vErrors.push(err12);
            }
            errors++;
          }
        }
      } else {
        const err13 = { instancePath: instancePath + "/command", schemaPath: "#/properties/command/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema20.properties.command.type, parentSchema: schema20.properties.command, data: data2 };
        if (vErrors === null) {
          vErrors = [err13];
        } else {
          vErrors.push(err13);
        }
        errors++;
      }
    }
  } else {
    const err14 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema20.type, parentSchema: schema20, data };
    if (vErrors === null) {
      vErrors = [err14];
    } else {
      vErrors.push(err14);
    }
    errors++;
  }
  validate54.errors = vErrors;
  return errors === 0;
}
const schema21 = { "title": "Tier", "description": "How risky a change is.", "type": "string", "enum": ["low", "medium", "high"] };
function validate57(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (typeof data !== "string") {
    const err0 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema21.type, parentSchema: schema21, data };
    if (vErrors === null) {
      vErrors = [err0];
    } else {
      vErrors.push(err0);
    }
    errors++;
  }
  if (!(data === "low" || data === "medium" || data === "high")) {
    const err1 = { instancePath, schemaPath: "#/enum", keyword: "enum", params: { allowedValues: schema21.enum }, message: "must be equal to one of the allowed values", schema: schema21.enum, parentSchema: schema21, data };
    if (vErrors === null) {
      vErrors = [err1];
    } else {
      vErrors.push(err1);
    }
    errors++;
  }
  validate57.errors = vErrors;
  return errors === 0;
}
const schema22 = { "title": "Globs", "description": "Path patterns, relative to the top of the repository: `*`, `?`, `**`, `[a-z]` and `{a,b}`.", "type": "array", "items": { "$ref": "#/definitions/glob" }, "maxItems": 500 };
const schema23 = { "title": "Glob", "description": "A path pattern of `*`, `?`, `**`, `[a-z]` and `{a,b}`; groups such as `+(a|b)` and `!(a)` are not known.", "type": "string", "minLength": 1, "maxLength": 500, "pattern": "^(?!.*[?*+@!]\\()" };
const pattern21 = new RegExp("^(?!.*[?*+@!]\\()", "u");
function validate70(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (typeof data === "string") {
    if (func3(data) > 500) {
      const err0 = { instancePath, schemaPath: "#/maxLength", keyword: "maxLength", params: { limit: 500 }, message: "must NOT have more than 500 characters", schema: 500, parentSchema: schema23, data };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (func3(data) < 1) {
      const err1 = { instancePath, schemaPath: "#/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema23, data };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    if (!pattern21.test(data)) {
      const err2 = { instancePath, schemaPath: "#/pattern", keyword: "pattern", params: { pattern: "^(?!.*[?*+@!]\\()" }, message: 'must match pattern "^(?!.*[?*+@!]\\()"', schema: "^(?!.*[?*+@!]\\()", parentSchema: schema23, data };
      if (vErrors === null) {
        vErrors = [err2];
      } else {
        vErrors.push(err2);
      }
      errors++;
    }
  } else {
    const err3 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema23.type, parentSchema: schema23, data };
    if (vErrors === null) {
      vErrors = [err3];
    } else {
      vErrors.push(err3);
    }
    errors++;
  }
  validate70.errors = vErrors;
  return errors === 0;
}
function validate69(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (Array.isArray(data)) {
    if (data.length > 500) {
      const err0 = { instancePath, schemaPath: "#/maxItems", keyword: "maxItems", params: { limit: 500 }, message: "must NOT have more than 500 items", schema: 500, parentSchema: schema22, data };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    const len0 = data.length;
    for (let i0 = 0; i0 < len0; i0++) {
      if (!validate70(data[i0], { instancePath: instancePath + "/" + i0, parentData: data, parentDataProperty: i0, rootData })) {
        vErrors = vErrors === null ? validate70.errors : vErrors.concat(validate70.errors);
        errors = vErrors.length;
      }
    }
  } else {
    const err1 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema22.type, parentSchema: schema22, data };
    if (vErrors === null) {
      vErrors = [err1];
    } else {
      vErrors.push(err1);
    }
    errors++;
  }
  validate69.errors = vErrors;
  return errors === 0;
}
const schema24 = { "title": "Priority", "description": "Which orders start first. An order may be passed by a more urgent one only if that one came in soon enough after it: a normal order by interactive ones within 1 hour, a background order by interactive ones within 6 hours and by normal ones within 5. Of what is equally urgent, what people ask for goes before broken builds (10 minutes), the labelled backlog (30 minutes), follow-ups (1 hour) and upkeep (2 hours).", "type": "string", "enum": ["interactive", "normal", "background"] };
function validate77(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (typeof data !== "string") {
    const err0 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema24.type, parentSchema: schema24, data };
    if (vErrors === null) {
      vErrors = [err0];
    } else {
      vErrors.push(err0);
    }
    errors++;
  }
  if (!(data === "interactive" || data === "normal" || data === "background")) {
    const err1 = { instancePath, schemaPath: "#/enum", keyword: "enum", params: { allowedValues: schema24.enum }, message: "must be equal to one of the allowed values", schema: schema24.enum, parentSchema: schema24, data };
    if (vErrors === null) {
      vErrors = [err1];
    } else {
      vErrors.push(err1);
    }
    errors++;
  }
  validate77.errors = vErrors;
  return errors === 0;
}
const schema25 = { "title": "Constraints", "description": "Bounds on the work.", "type": "object", "additionalProperties": false, "properties": { "avoid": { "$ref": "#/definitions/globs" }, "only": { "$ref": "#/definitions/globs" }, "time": { "$ref": "#/definitions/duration" }, "notes": { "title": "Notes", "description": "Anything else, as text for the agent.", "type": "string", "maxLength": 2e4 } } };
function validate79(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!(key0 === "avoid" || key0 === "only" || key0 === "time" || key0 === "notes")) {
        const err0 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties", schema: false, parentSchema: schema25, data };
        if (vErrors === null) {
          vErrors = [err0];
        } else {
          vErrors.push(err0);
        }
        errors++;
      }
    }
    if (data.avoid !== void 0) {
      if (!validate69(data.avoid, { instancePath: instancePath + "/avoid", parentData: data, parentDataProperty: "avoid", rootData })) {
        vErrors = vErrors === null ? validate69.errors : vErrors.concat(validate69.errors);
        errors = vErrors.length;
      }
    }
    if (data.only !== void 0) {
      if (!validate69(data.only, { instancePath: instancePath + "/only", parentData: data, parentDataProperty: "only", rootData })) {
        vErrors = vErrors === null ? validate69.errors : vErrors.concat(validate69.errors);
        errors = vErrors.length;
      }
    }
    if (data.time !== void 0) {
      if (!validate26(data.time, { instancePath: instancePath + "/time", parentData: data, parentDataProperty: "time", rootData })) {
        vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
        errors = vErrors.length;
      }
    }
    if (data.notes !== void 0) {
      let data3 = data.notes;
      if (typeof data3 === "string") {
        if (func3(data3) > 2e4) {
          const err1 = { instancePath: instancePath + "/notes", schemaPath: "#/properties/notes/maxLength", keyword: "maxLength", params: { limit: 2e4 }, message: "must NOT have more than 20000 characters", schema: 2e4, parentSchema: schema25.properties.notes, data: data3 };
          if (vErrors === null) {
            vErrors = [err1];
          } else {
            vErrors.push(err1);
          }
          errors++;
        }
      } else {
        const err2 = { instancePath: instancePath + "/notes", schemaPath: "#/properties/notes/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema25.properties.notes.type, parentSchema: schema25.properties.notes, data: data3 };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
    }
  } else {
    const err3 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema25.type, parentSchema: schema25, data };
    if (vErrors === null) {
      vErrors = [err3];
    } else {
      vErrors.push(err3);
    }
    errors++;
  }
  validate79.errors = vErrors;
  return errors === 0;
}
const schema26 = { "title": "Secret name", "description": "Upper-case letters, digits and underscores, starting with a letter.", "type": "string", "pattern": "^[A-Z][A-Z0-9_]{0,99}$" };
const pattern22 = new RegExp("^[A-Z][A-Z0-9_]{0,99}$", "u");
function validate84(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (typeof data === "string") {
    if (!pattern22.test(data)) {
      const err0 = { instancePath, schemaPath: "#/pattern", keyword: "pattern", params: { pattern: "^[A-Z][A-Z0-9_]{0,99}$" }, message: 'must match pattern "^[A-Z][A-Z0-9_]{0,99}$"', schema: "^[A-Z][A-Z0-9_]{0,99}$", parentSchema: schema26, data };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
  } else {
    const err1 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema26.type, parentSchema: schema26, data };
    if (vErrors === null) {
      vErrors = [err1];
    } else {
      vErrors.push(err1);
    }
    errors++;
  }
  validate84.errors = vErrors;
  return errors === 0;
}
const pattern2 = new RegExp("^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}$", "u");
const pattern4 = new RegExp("^[a-z0-9][A-Za-z0-9._:/@-]*$", "u");
const pattern9 = new RegExp("^[a-z][a-z0-9-]{0,39}$", "u");
const pattern11 = new RegExp("^[^\\s,]([^\\u0000-\\u001f,]*[^\\s,])?$", "u");
const pattern12 = new RegExp("^[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9._-]+)?$", "u");
const pattern13 = new RegExp("^(?!-)[!-~]+$", "u");
const pattern14 = new RegExp("^(?!(.*/)?\\.{1,2}(/|$))[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)+$", "u");
const pattern15 = new RegExp("^https?://[^/?#@]+(/[^?#]*)?$", "u");
const pattern18 = new RegExp("^[^,\\s\\u0000-\\u001f]([^,\\u0000-\\u001f]{0,98}[^,\\s\\u0000-\\u001f])?$", "u");
const pattern19 = new RegExp("^https?://", "u");
const pattern20 = new RegExp("^[A-Z_][A-Z0-9_]*$", "u");
function validate22(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.version === void 0) {
      const err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "version" }, message: "must have required property 'version'", schema: schema7.required, parentSchema: schema7, data };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (data.project === void 0) {
      const err1 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "project" }, message: "must have required property 'project'", schema: schema7.required, parentSchema: schema7, data };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    for (const key0 in data) {
      if (!func2.call(schema7.properties, key0)) {
        const err2 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties", schema: false, parentSchema: schema7, data };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
    }
    if (data.version !== void 0) {
      let data0 = data.version;
      if (1 !== data0) {
        const err3 = { instancePath: instancePath + "/version", schemaPath: "#/properties/version/const", keyword: "const", params: { allowedValue: 1 }, message: "must be equal to constant", schema: 1, parentSchema: schema7.properties.version, data: data0 };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
    }
    if (data.project !== void 0) {
      let data1 = data.project;
      if (typeof data1 === "string") {
        if (func3(data1) > 100) {
          const err4 = { instancePath: instancePath + "/project", schemaPath: "#/properties/project/maxLength", keyword: "maxLength", params: { limit: 100 }, message: "must NOT have more than 100 characters", schema: 100, parentSchema: schema7.properties.project, data: data1 };
          if (vErrors === null) {
            vErrors = [err4];
          } else {
            vErrors.push(err4);
          }
          errors++;
        }
        if (func3(data1) < 1) {
          const err5 = { instancePath: instancePath + "/project", schemaPath: "#/properties/project/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema7.properties.project, data: data1 };
          if (vErrors === null) {
            vErrors = [err5];
          } else {
            vErrors.push(err5);
          }
          errors++;
        }
      } else {
        const err6 = { instancePath: instancePath + "/project", schemaPath: "#/properties/project/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema7.properties.project.type, parentSchema: schema7.properties.project, data: data1 };
        if (vErrors === null) {
          vErrors = [err6];
        } else {
          vErrors.push(err6);
        }
        errors++;
      }
    }
    if (data.branch !== void 0) {
      if (!validate23(data.branch, { instancePath: instancePath + "/branch", parentData: data, parentDataProperty: "branch", rootData })) {
        vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
        errors = vErrors.length;
      }
    }
    if (data.ops !== void 0) {
      let data3 = data.ops;
      if (data3 && typeof data3 == "object" && !Array.isArray(data3)) {
        for (const key1 in data3) {
          if (!(key1 === "branch" || key1 === "worktree" || key1 === "remote")) {
            const err7 = { instancePath: instancePath + "/ops", schemaPath: "#/properties/ops/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key1 }, message: "must NOT have additional properties", schema: false, parentSchema: schema7.properties.ops, data: data3 };
            if (vErrors === null) {
              vErrors = [err7];
            } else {
              vErrors.push(err7);
            }
            errors++;
          }
        }
        if (data3.branch !== void 0) {
          if (!validate23(data3.branch, { instancePath: instancePath + "/ops/branch", parentData: data3, parentDataProperty: "branch", rootData })) {
            vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
            errors = vErrors.length;
          }
        }
        if (data3.worktree !== void 0) {
          let data5 = data3.worktree;
          if (typeof data5 === "string") {
            if (!pattern1.test(data5)) {
              const err8 = { instancePath: instancePath + "/ops/worktree", schemaPath: "#/properties/ops/properties/worktree/pattern", keyword: "pattern", params: { pattern: "^(?!\\.\\.?(/|$))(?!.*/\\.\\.?(/|$))[A-Za-z0-9._][A-Za-z0-9._/-]{0,199}$" }, message: 'must match pattern "^(?!\\.\\.?(/|$))(?!.*/\\.\\.?(/|$))[A-Za-z0-9._][A-Za-z0-9._/-]{0,199}$"', schema: "^(?!\\.\\.?(/|$))(?!.*/\\.\\.?(/|$))[A-Za-z0-9._][A-Za-z0-9._/-]{0,199}$", parentSchema: schema7.properties.ops.properties.worktree, data: data5 };
              if (vErrors === null) {
                vErrors = [err8];
              } else {
                vErrors.push(err8);
              }
              errors++;
            }
          } else {
            const err9 = { instancePath: instancePath + "/ops/worktree", schemaPath: "#/properties/ops/properties/worktree/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema7.properties.ops.properties.worktree.type, parentSchema: schema7.properties.ops.properties.worktree, data: data5 };
            if (vErrors === null) {
              vErrors = [err9];
            } else {
              vErrors.push(err9);
            }
            errors++;
          }
        }
        if (data3.remote !== void 0) {
          let data6 = data3.remote;
          if (typeof data6 === "string") {
            if (!pattern2.test(data6)) {
              const err10 = { instancePath: instancePath + "/ops/remote", schemaPath: "#/properties/ops/properties/remote/pattern", keyword: "pattern", params: { pattern: "^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}$" }, message: 'must match pattern "^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}$"', schema: "^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}$", parentSchema: schema7.properties.ops.properties.remote, data: data6 };
              if (vErrors === null) {
                vErrors = [err10];
              } else {
                vErrors.push(err10);
              }
              errors++;
            }
          } else {
            const err11 = { instancePath: instancePath + "/ops/remote", schemaPath: "#/properties/ops/properties/remote/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema7.properties.ops.properties.remote.type, parentSchema: schema7.properties.ops.properties.remote, data: data6 };
            if (vErrors === null) {
              vErrors = [err11];
            } else {
              vErrors.push(err11);
            }
            errors++;
          }
        }
      } else {
        const err12 = { instancePath: instancePath + "/ops", schemaPath: "#/properties/ops/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema7.properties.ops.type, parentSchema: schema7.properties.ops, data: data3 };
        if (vErrors === null) {
          vErrors = [err12];
        } else {
          vErrors.push(err12);
        }
        errors++;
      }
    }
    if (data.runner !== void 0) {
      let data7 = data.runner;
      if (data7 && typeof data7 == "object" && !Array.isArray(data7)) {
        for (const key2 in data7) {
          if (!(key2 === "slots" || key2 === "parallel" || key2 === "lease" || key2 === "overlapping")) {
            const err13 = { instancePath: instancePath + "/runner", schemaPath: "#/properties/runner/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key2 }, message: "must NOT have additional properties", schema: false, parentSchema: schema7.properties.runner, data: data7 };
            if (vErrors === null) {
              vErrors = [err13];
            } else {
              vErrors.push(err13);
            }
            errors++;
          }
        }
        if (data7.slots !== void 0) {
          let data8 = data7.slots;
          if (!(typeof data8 == "number" && (!(data8 % 1) && !isNaN(data8)) && isFinite(data8))) {
            const err14 = { instancePath: instancePath + "/runner/slots", schemaPath: "#/properties/runner/properties/slots/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema7.properties.runner.properties.slots.type, parentSchema: schema7.properties.runner.properties.slots, data: data8 };
            if (vErrors === null) {
              vErrors = [err14];
            } else {
              vErrors.push(err14);
            }
            errors++;
          }
          if (typeof data8 == "number" && isFinite(data8)) {
            if (data8 > 64 || isNaN(data8)) {
              const err15 = { instancePath: instancePath + "/runner/slots", schemaPath: "#/properties/runner/properties/slots/maximum", keyword: "maximum", params: { comparison: "<=", limit: 64 }, message: "must be <= 64", schema: 64, parentSchema: schema7.properties.runner.properties.slots, data: data8 };
              if (vErrors === null) {
                vErrors = [err15];
              } else {
                vErrors.push(err15);
              }
              errors++;
            }
            if (data8 < 1 || isNaN(data8)) {
              const err16 = { instancePath: instancePath + "/runner/slots", schemaPath: "#/properties/runner/properties/slots/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1", schema: 1, parentSchema: schema7.properties.runner.properties.slots, data: data8 };
              if (vErrors === null) {
                vErrors = [err16];
              } else {
                vErrors.push(err16);
              }
              errors++;
            }
          }
        }
        if (data7.parallel !== void 0) {
          let data9 = data7.parallel;
          if (!(typeof data9 == "number" && (!(data9 % 1) && !isNaN(data9)) && isFinite(data9))) {
            const err17 = { instancePath: instancePath + "/runner/parallel", schemaPath: "#/properties/runner/properties/parallel/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema7.properties.runner.properties.parallel.type, parentSchema: schema7.properties.runner.properties.parallel, data: data9 };
            if (vErrors === null) {
              vErrors = [err17];
            } else {
              vErrors.push(err17);
            }
            errors++;
          }
          if (typeof data9 == "number" && isFinite(data9)) {
            if (data9 > 64 || isNaN(data9)) {
              const err18 = { instancePath: instancePath + "/runner/parallel", schemaPath: "#/properties/runner/properties/parallel/maximum", keyword: "maximum", params: { comparison: "<=", limit: 64 }, message: "must be <= 64", schema: 64, parentSchema: schema7.properties.runner.properties.parallel, data: data9 };
              if (vErrors === null) {
                vErrors = [err18];
              } else {
                vErrors.push(err18);
              }
              errors++;
            }
            if (data9 < 1 || isNaN(data9)) {
              const err19 = { instancePath: instancePath + "/runner/parallel", schemaPath: "#/properties/runner/properties/parallel/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1", schema: 1, parentSchema: schema7.properties.runner.properties.parallel, data: data9 };
              if (vErrors === null) {
                vErrors = [err19];
              } else {
                vErrors.push(err19);
              }
              errors++;
            }
          }
        }
        if (data7.lease !== void 0) {
          if (!validate26(data7.lease, { instancePath: instancePath + "/runner/lease", parentData: data7, parentDataProperty: "lease", rootData })) {
            vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
            errors = vErrors.length;
          }
        }
        if (data7.overlapping !== void 0) {
          let data11 = data7.overlapping;
          if (typeof data11 !== "string") {
            const err20 = { instancePath: instancePath + "/runner/overlapping", schemaPath: "#/properties/runner/properties/overlapping/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema7.properties.runner.properties.overlapping.type, parentSchema: schema7.properties.runner.properties.overlapping, data: data11 };
            if (vErrors === null) {
              vErrors = [err20];
            } else {
              vErrors.push(err20);
            }
            errors++;
          }
          if (!(data11 === "wait" || data11 === "strict" || data11 === "run")) {
            const err21 = { instancePath: instancePath + "/runner/overlapping", schemaPath: "#/properties/runner/properties/overlapping/enum", keyword: "enum", params: { allowedValues: schema7.properties.runner.properties.overlapping.enum }, message: "must be equal to one of the allowed values", schema: schema7.properties.runner.properties.overlapping.enum, parentSchema: schema7.properties.runner.properties.overlapping, data: data11 };
            if (vErrors === null) {
              vErrors = [err21];
            } else {
              vErrors.push(err21);
            }
            errors++;
          }
        }
      } else {
        const err22 = { instancePath: instancePath + "/runner", schemaPath: "#/properties/runner/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema7.properties.runner.type, parentSchema: schema7.properties.runner, data: data7 };
        if (vErrors === null) {
          vErrors = [err22];
        } else {
          vErrors.push(err22);
        }
        errors++;
      }
    }
    if (data.sandbox !== void 0) {
      let data12 = data.sandbox;
      if (data12 && typeof data12 == "object" && !Array.isArray(data12)) {
        for (const key3 in data12) {
          if (!func2.call(schema7.properties.sandbox.properties, key3)) {
            const err23 = { instancePath: instancePath + "/sandbox", schemaPath: "#/properties/sandbox/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key3 }, message: "must NOT have additional properties", schema: false, parentSchema: schema7.properties.sandbox, data: data12 };
            if (vErrors === null) {
              vErrors = [err23];
            } else {
              vErrors.push(err23);
            }
            errors++;
          }
        }
        if (data12.driver !== void 0) {
          let data13 = data12.driver;
          if (typeof data13 !== "string") {
            const err24 = { instancePath: instancePath + "/sandbox/driver", schemaPath: "#/properties/sandbox/properties/driver/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema7.properties.sandbox.properties.driver.type, parentSchema: schema7.properties.sandbox.properties.driver, data: data13 };
            if (vErrors === null) {
              vErrors = [err24];
            } else {
              vErrors.push(err24);
            }
            errors++;
          }
          if (!(data13 === "docker" || data13 === "bubblewrap" || data13 === "host")) {
            const err25 = { instancePath: instancePath + "/sandbox/driver", schemaPath: "#/properties/sandbox/properties/driver/enum", keyword: "enum", params: { allowedValues: schema7.properties.sandbox.properties.driver.enum }, message: "must be equal to one of the allowed values", schema: schema7.properties.sandbox.properties.driver.enum, parentSchema: schema7.properties.sandbox.properties.driver, data: data13 };
            if (vErrors === null) {
              vErrors = [err25];
            } else {
              vErrors.push(err25);
            }
            errors++;
          }
        }
        if (data12.image !== void 0) {
          let data14 = data12.image;
          if (typeof data14 === "string") {
            if (func3(data14) > 400) {
              const err26 = { instancePath: instancePath + "/sandbox/image", schemaPath: "#/properties/sandbox/properties/image/maxLength", keyword: "maxLength", params: { limit: 400 }, message: "must NOT have more than 400 characters", schema: 400, parentSchema: schema7.properties.sandbox.properties.image, data: data14 };
              if (vErrors === null) {
                vErrors = [err26];
              } else {
                vErrors.push(err26);
              }
              errors++;
            }
            if (func3(data14) < 1) {
              const err27 = { instancePath: instancePath + "/sandbox/image", schemaPath: "#/properties/sandbox/properties/image/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema7.properties.sandbox.properties.image, data: data14 };
              if (vErrors === null) {
                vErrors = [err27];
              } else {
                vErrors.push(err27);
              }
              errors++;
            }
            if (!pattern4.test(data14)) {
              const err28 = { instancePath: instancePath + "/sandbox/image", schemaPath: "#/properties/sandbox/properties/image/pattern", keyword: "pattern", params: { pattern: "^[a-z0-9][A-Za-z0-9._:/@-]*$" }, message: 'must match pattern "^[a-z0-9][A-Za-z0-9._:/@-]*$"', schema: "^[a-z0-9][A-Za-z0-9._:/@-]*$", parentSchema: schema7.properties.sandbox.properties.image, data: data14 };
              if (vErrors === null) {
                vErrors = [err28];
              } else {
                vErrors.push(err28);
              }
              errors++;
            }
          } else {
            const err29 = { instancePath: instancePath + "/sandbox/image", schemaPath: "#/properties/sandbox/properties/image/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema7.properties.sandbox.properties.image.type, parentSchema: schema7.properties.sandbox.properties.image, data: data14 };
            if (vErrors === null) {
              vErrors = [err29];
            } else {
              vErrors.push(err29);
            }
            errors++;
          }
        }
        if (data12.build !== void 0) {
          if (!validate28(data12.build, { instancePath: instancePath + "/sandbox/build", parentData: data12, parentDataProperty: "build", rootData })) {
            vErrors = vErrors === null ? validate28.errors : vErrors.concat(validate28.errors);
            errors = vErrors.length;
          }
        }
        if (data12["image-policy"] !== void 0) {
          if (!validate30(data12["image-policy"], { instancePath: instancePath + "/sandbox/image-policy", parentData: data12, parentDataProperty: "image-policy", rootData })) {
            vErrors = vErrors === null ? validate30.errors : vErrors.concat(validate30.errors);
            errors = vErrors.length;
          }
        }
        if (data12.caches !== void 0) {
          if (!validate32(data12.caches, { instancePath: instancePath + "/sandbox/caches", parentData: data12, parentDataProperty: "caches", rootData })) {
            vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
            errors = vErrors.length;
          }
        }
        if (data12.pull !== void 0) {
          let data18 = data12.pull;
          if (typeof data18 !== "string") {
            const err30 = { instancePath: instancePath + "/sandbox/pull", schemaPath: "#/properties/sandbox/properties/pull/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema7.properties.sandbox.properties.pull.type, parentSchema: schema7.properties.sandbox.properties.pull, data: data18 };
            if (vErrors === null) {
              vErrors = [err30];
            } else {
              vErrors.push(err30);
            }
            errors++;
          }
          if (!(data18 === "missing" || data18 === "never")) {
            const err31 = { instancePath: instancePath + "/sandbox/pull", schemaPath: "#/properties/sandbox/properties/pull/enum", keyword: "enum", params: { allowedValues: schema7.properties.sandbox.properties.pull.enum }, message: "must be equal to one of the allowed values", schema: schema7.properties.sandbox.properties.pull.enum, parentSchema: schema7.properties.sandbox.properties.pull, data: data18 };
            if (vErrors === null) {
              vErrors = [err31];
            } else {
              vErrors.push(err31);
            }
            errors++;
          }
        }
        if (data12.network !== void 0) {
          if (!validate34(data12.network, { instancePath: instancePath + "/sandbox/network", parentData: data12, parentDataProperty: "network", rootData })) {
            vErrors = vErrors === null ? validate34.errors : vErrors.concat(validate34.errors);
            errors = vErrors.length;
          }
        }
        if (data12.isolation !== void 0) {
          if (!validate36(data12.isolation, { instancePath: instancePath + "/sandbox/isolation", parentData: data12, parentDataProperty: "isolation", rootData })) {
            vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
            errors = vErrors.length;
          }
        }
        if (data12.cpus !== void 0) {
          if (!validate38(data12.cpus, { instancePath: instancePath + "/sandbox/cpus", parentData: data12, parentDataProperty: "cpus", rootData })) {
            vErrors = vErrors === null ? validate38.errors : vErrors.concat(validate38.errors);
            errors = vErrors.length;
          }
        }
        if (data12.memory !== void 0) {
          if (!validate32(data12.memory, { instancePath: instancePath + "/sandbox/memory", parentData: data12, parentDataProperty: "memory", rootData })) {
            vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
            errors = vErrors.length;
          }
        }
        if (data12.pids !== void 0) {
          if (!validate41(data12.pids, { instancePath: instancePath + "/sandbox/pids", parentData: data12, parentDataProperty: "pids", rootData })) {
            vErrors = vErrors === null ? validate41.errors : vErrors.concat(validate41.errors);
            errors = vErrors.length;
          }
        }
        if (data12.disk !== void 0) {
          if (!validate32(data12.disk, { instancePath: instancePath + "/sandbox/disk", parentData: data12, parentDataProperty: "disk", rootData })) {
            vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
            errors = vErrors.length;
          }
        }
        if (data12.files !== void 0) {
          if (!validate44(data12.files, { instancePath: instancePath + "/sandbox/files", parentData: data12, parentDataProperty: "files", rootData })) {
            vErrors = vErrors === null ? validate44.errors : vErrors.concat(validate44.errors);
            errors = vErrors.length;
          }
        }
        if (data12.output !== void 0) {
          if (!validate32(data12.output, { instancePath: instancePath + "/sandbox/output", parentData: data12, parentDataProperty: "output", rootData })) {
            vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err32 = { instancePath: instancePath + "/sandbox", schemaPath: "#/properties/sandbox/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema7.properties.sandbox.type, parentSchema: schema7.properties.sandbox, data: data12 };
        if (vErrors === null) {
          vErrors = [err32];
        } else {
          vErrors.push(err32);
        }
        errors++;
      }
    }
    if (data.commands !== void 0) {
      let data27 = data.commands;
      if (data27 && typeof data27 == "object" && !Array.isArray(data27)) {
        for (const key4 in data27) {
          const _errs46 = errors;
          if (typeof key4 === "string") {
            if (!pattern9.test(key4)) {
              const err33 = { instancePath: instancePath + "/commands", schemaPath: "#/properties/commands/propertyNames/pattern", keyword: "pattern", params: { pattern: "^[a-z][a-z0-9-]{0,39}$" }, message: 'must match pattern "^[a-z][a-z0-9-]{0,39}$"', schema: "^[a-z][a-z0-9-]{0,39}$", parentSchema: schema7.properties.commands.propertyNames, data: key4, propertyName: key4 };
              if (vErrors === null) {
                vErrors = [err33];
              } else {
                vErrors.push(err33);
              }
              errors++;
            }
          } else {
            const err34 = { instancePath: instancePath + "/commands", schemaPath: "#/properties/commands/propertyNames/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema7.properties.commands.propertyNames.type, parentSchema: schema7.properties.commands.propertyNames, data: key4, propertyName: key4 };
            if (vErrors === null) {
              vErrors = [err34];
            } else {
              vErrors.push(err34);
            }
            errors++;
          }
          var valid4 = _errs46 === errors;
          if (!valid4) {
            const err35 = { instancePath: instancePath + "/commands", schemaPath: "#/properties/commands/propertyNames", keyword: "propertyNames", params: { propertyName: key4 }, message: "property name must be valid", schema: schema7.properties.commands.propertyNames, parentSchema: schema7.properties.commands, data: data27 };
            if (vErrors === null) {
              vErrors = [err35];
            } else {
              vErrors.push(err35);
            }
            errors++;
          }
        }
        for (const key5 in data27) {
          let data28 = data27[key5];
          const _errs50 = errors;
          let valid6 = false;
          const _errs51 = errors;
          if (typeof data28 === "string") {
            if (func3(data28) > 65536) {
              const err36 = { instancePath: instancePath + "/commands/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/commands/additionalProperties/anyOf/0/maxLength", keyword: "maxLength", params: { limit: 65536 }, message: "must NOT have more than 65536 characters", schema: 65536, parentSchema: schema7.properties.commands.additionalProperties.anyOf[0], data: data28 };
              if (vErrors === null) {
                vErrors = [err36];
              } else {
                vErrors.push(err36);
              }
              errors++;
            }
            if (func3(data28) < 1) {
              const err37 = { instancePath: instancePath + "/commands/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/commands/additionalProperties/anyOf/0/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema7.properties.commands.additionalProperties.anyOf[0], data: data28 };
              if (vErrors === null) {
                vErrors = [err37];
              } else {
                vErrors.push(err37);
              }
              errors++;
            }
          } else {
            const err38 = { instancePath: instancePath + "/commands/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/commands/additionalProperties/anyOf/0/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema7.properties.commands.additionalProperties.anyOf[0].type, parentSchema: schema7.properties.commands.additionalProperties.anyOf[0], data: data28 };
            if (vErrors === null) {
              vErrors = [err38];
            } else {
              vErrors.push(err38);
            }
            errors++;
          }
          var _valid0 = _errs51 === errors;
          valid6 = valid6 || _valid0;
          if (!valid6) {
            const _errs53 = errors;
            if (data28 && typeof data28 == "object" && !Array.isArray(data28)) {
              if (data28.run === void 0) {
                const err39 = { instancePath: instancePath + "/commands/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/commands/additionalProperties/anyOf/1/required", keyword: "required", params: { missingProperty: "run" }, message: "must have required property 'run'", schema: schema7.properties.commands.additionalProperties.anyOf[1].required, parentSchema: schema7.properties.commands.additionalProperties.anyOf[1], data: data28 };
                if (vErrors === null) {
                  vErrors = [err39];
                } else {
                  vErrors.push(err39);
                }
                errors++;
              }
              for (const key6 in data28) {
                if (!(key6 === "run" || key6 === "network")) {
                  const err40 = { instancePath: instancePath + "/commands/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/commands/additionalProperties/anyOf/1/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key6 }, message: "must NOT have additional properties", schema: false, parentSchema: schema7.properties.commands.additionalProperties.anyOf[1], data: data28 };
                  if (vErrors === null) {
                    vErrors = [err40];
                  } else {
                    vErrors.push(err40);
                  }
                  errors++;
                }
              }
              if (data28.run !== void 0) {
                let data29 = data28.run;
                if (typeof data29 === "string") {
                  if (func3(data29) > 65536) {
                    const err41 = { instancePath: instancePath + "/commands/" + key5.replace(/~/g, "~0").replace(/\//g, "~1") + "/run", schemaPath: "#/properties/commands/additionalProperties/anyOf/1/properties/run/maxLength", keyword: "maxLength", params: { limit: 65536 }, message: "must NOT have more than 65536 characters", schema: 65536, parentSchema: schema7.properties.commands.additionalProperties.anyOf[1].properties.run, data: data29 };
                    if (vErrors === null) {
                      vErrors = [err41];
                    } else {
                      vErrors.push(err41);
                    }
                    errors++;
                  }
                  if (func3(data29) < 1) {
                    const err42 = { instancePath: instancePath + "/commands/" + key5.replace(/~/g, "~0").replace(/\//g, "~1") + "/run", schemaPath: "#/properties/commands/additionalProperties/anyOf/1/properties/run/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema7.properties.commands.additionalProperties.anyOf[1].properties.run, data: data29 };
                    if (vErrors === null) {
                      vErrors = [err42];
                    } else {
                      vErrors.push(err42);
                    }
                    errors++;
                  }
                } else {
                  const err43 = { instancePath: instancePath + "/commands/" + key5.replace(/~/g, "~0").replace(/\//g, "~1") + "/run", schemaPath: "#/properties/commands/additionalProperties/anyOf/1/properties/run/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema7.properties.commands.additionalProperties.anyOf[1].properties.run.type, parentSchema: schema7.properties.commands.additionalProperties.anyOf[1].properties.run, data: data29 };
                  if (vErrors === null) {
                    vErrors = [err43];
                  } else {
                    vErrors.push(err43);
                  }
                  errors++;
                }
              }
              if (data28.network !== void 0) {
                if (!validate34(data28.network, { instancePath: instancePath + "/commands/" + key5.replace(/~/g, "~0").replace(/\//g, "~1") + "/network", parentData: data28, parentDataProperty: "network", rootData })) {
                  vErrors = vErrors === null ? validate34.errors : vErrors.concat(validate34.errors);
                  errors = vErrors.length;
                }
              }
            } else {
              const err44 = { instancePath: instancePath + "/commands/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/commands/additionalProperties/anyOf/1/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema7.properties.commands.additionalProperties.anyOf[1].type, parentSchema: schema7.properties.commands.additionalProperties.anyOf[1], data: data28 };
              if (vErrors === null) {
                vErrors = [err44];
              } else {
                vErrors.push(err44);
              }
              errors++;
            }
            var _valid0 = _errs53 === errors;
            valid6 = valid6 || _valid0;
          }
          if (!valid6) {
            const err45 = { instancePath: instancePath + "/commands/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/commands/additionalProperties/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf", schema: schema7.properties.commands.additionalProperties.anyOf, parentSchema: schema7.properties.commands.additionalProperties, data: data28 };
            if (vErrors === null) {
              vErrors = [err45];
            } else {
              vErrors.push(err45);
            }
            errors++;
          } else {
            errors = _errs50;
            if (vErrors !== null) {
              if (_errs50) {
                vErrors.length = _errs50;
              } else {
                vErrors = null;
              }
            }
          }
        }
      } else {
        const err46 = { instancePath: instancePath + "/commands", schemaPath: "#/properties/commands/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema7.properties.commands.type, parentSchema: schema7.properties.commands, data: data27 };
        if (vErrors === null) {
          vErrors = [err46];
        } else {
          vErrors.push(err46);
        }
        errors++;
      }
    }
    if (data.formula !== void 0) {
      if (!validate48(data.formula, { instancePath: instancePath + "/formula", parentData: data, parentDataProperty: "formula", rootData })) {
        vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
        errors = vErrors.length;
      }
    }
    if (data["hold-back"] !== void 0) {
      let data32 = data["hold-back"];
      if (Array.isArray(data32)) {
        if (data32.length > 2) {
          const err47 = { instancePath: instancePath + "/hold-back", schemaPath: "#/properties/hold-back/maxItems", keyword: "maxItems", params: { limit: 2 }, message: "must NOT have more than 2 items", schema: 2, parentSchema: schema7.properties["hold-back"], data: data32 };
          if (vErrors === null) {
            vErrors = [err47];
          } else {
            vErrors.push(err47);
          }
          errors++;
        }
        const len0 = data32.length;
        for (let i0 = 0; i0 < len0; i0++) {
          let data33 = data32[i0];
          if (typeof data33 !== "string") {
            const err48 = { instancePath: instancePath + "/hold-back/" + i0, schemaPath: "#/properties/hold-back/items/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema7.properties["hold-back"].items.type, parentSchema: schema7.properties["hold-back"].items, data: data33 };
            if (vErrors === null) {
              vErrors = [err48];
            } else {
              vErrors.push(err48);
            }
            errors++;
          }
          if (!(data33 === "cosmetic" || data33 === "documentation")) {
            const err49 = { instancePath: instancePath + "/hold-back/" + i0, schemaPath: "#/properties/hold-back/items/enum", keyword: "enum", params: { allowedValues: schema7.properties["hold-back"].items.enum }, message: "must be equal to one of the allowed values", schema: schema7.properties["hold-back"].items.enum, parentSchema: schema7.properties["hold-back"].items, data: data33 };
            if (vErrors === null) {
              vErrors = [err49];
            } else {
              vErrors.push(err49);
            }
            errors++;
          }
        }
        let i1 = data32.length;
        let j0;
        if (i1 > 1) {
          const indices0 = {};
          for (; i1--; ) {
            let item0 = data32[i1];
            if (typeof item0 !== "string") {
              continue;
            }
            if (typeof indices0[item0] == "number") {
              j0 = indices0[item0];
              const err50 = { instancePath: instancePath + "/hold-back", schemaPath: "#/properties/hold-back/uniqueItems", keyword: "uniqueItems", params: { i: i1, j: j0 }, message: "must NOT have duplicate items (items ## " + j0 + " and " + i1 + " are identical)", schema: true, parentSchema: schema7.properties["hold-back"], data: data32 };
              if (vErrors === null) {
                vErrors = [err50];
              } else {
                vErrors.push(err50);
              }
              errors++;
              break;
            }
            indices0[item0] = i1;
          }
        }
      } else {
        const err51 = { instancePath: instancePath + "/hold-back", schemaPath: "#/properties/hold-back/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema7.properties["hold-back"].type, parentSchema: schema7.properties["hold-back"], data: data32 };
        if (vErrors === null) {
          vErrors = [err51];
        } else {
          vErrors.push(err51);
        }
        errors++;
      }
    }
    if (data.integrate !== void 0) {
      let data34 = data.integrate;
      if (data34 && typeof data34 == "object" && !Array.isArray(data34)) {
        for (const key7 in data34) {
          if (!func2.call(schema7.properties.integrate.properties, key7)) {
            const err52 = { instancePath: instancePath + "/integrate", schemaPath: "#/properties/integrate/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key7 }, message: "must NOT have additional properties", schema: false, parentSchema: schema7.properties.integrate, data: data34 };
            if (vErrors === null) {
              vErrors = [err52];
            } else {
              vErrors.push(err52);
            }
            errors++;
          }
        }
        if (data34.into !== void 0) {
          if (!validate23(data34.into, { instancePath: instancePath + "/integrate/into", parentData: data34, parentDataProperty: "into", rootData })) {
            vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
            errors = vErrors.length;
          }
        }
        if (data34.from !== void 0) {
          if (!validate23(data34.from, { instancePath: instancePath + "/integrate/from", parentData: data34, parentDataProperty: "from", rootData })) {
            vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
            errors = vErrors.length;
          }
        }
        if (data34.via !== void 0) {
          if (!validate52(data34.via, { instancePath: instancePath + "/integrate/via", parentData: data34, parentDataProperty: "via", rootData })) {
            vErrors = vErrors === null ? validate52.errors : vErrors.concat(validate52.errors);
            errors = vErrors.length;
          }
        }
        if (data34.batch !== void 0) {
          let data38 = data34.batch;
          if (!(typeof data38 == "number" && (!(data38 % 1) && !isNaN(data38)) && isFinite(data38))) {
            const err53 = { instancePath: instancePath + "/integrate/batch", schemaPath: "#/properties/integrate/properties/batch/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema7.properties.integrate.properties.batch.type, parentSchema: schema7.properties.integrate.properties.batch, data: data38 };
            if (vErrors === null) {
              vErrors = [err53];
            } else {
              vErrors.push(err53);
            }
            errors++;
          }
          if (typeof data38 == "number" && isFinite(data38)) {
            if (data38 > 50 || isNaN(data38)) {
              const err54 = { instancePath: instancePath + "/integrate/batch", schemaPath: "#/properties/integrate/properties/batch/maximum", keyword: "maximum", params: { comparison: "<=", limit: 50 }, message: "must be <= 50", schema: 50, parentSchema: schema7.properties.integrate.properties.batch, data: data38 };
              if (vErrors === null) {
                vErrors = [err54];
              } else {
                vErrors.push(err54);
              }
              errors++;
            }
            if (data38 < 1 || isNaN(data38)) {
              const err55 = { instancePath: instancePath + "/integrate/batch", schemaPath: "#/properties/integrate/properties/batch/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1", schema: 1, parentSchema: schema7.properties.integrate.properties.batch, data: data38 };
              if (vErrors === null) {
                vErrors = [err55];
              } else {
                vErrors.push(err55);
              }
              errors++;
            }
          }
        }
        if (data34["fast-forward"] !== void 0) {
          let data39 = data34["fast-forward"];
          if (typeof data39 !== "boolean") {
            const err56 = { instancePath: instancePath + "/integrate/fast-forward", schemaPath: "#/properties/integrate/properties/fast-forward/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean", schema: schema7.properties.integrate.properties["fast-forward"].type, parentSchema: schema7.properties.integrate.properties["fast-forward"], data: data39 };
            if (vErrors === null) {
              vErrors = [err56];
            } else {
              vErrors.push(err56);
            }
            errors++;
          }
        }
        if (data34.open !== void 0) {
          let data40 = data34.open;
          if (!(typeof data40 == "number" && (!(data40 % 1) && !isNaN(data40)) && isFinite(data40))) {
            const err57 = { instancePath: instancePath + "/integrate/open", schemaPath: "#/properties/integrate/properties/open/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema7.properties.integrate.properties.open.type, parentSchema: schema7.properties.integrate.properties.open, data: data40 };
            if (vErrors === null) {
              vErrors = [err57];
            } else {
              vErrors.push(err57);
            }
            errors++;
          }
          if (typeof data40 == "number" && isFinite(data40)) {
            if (data40 > 100 || isNaN(data40)) {
              const err58 = { instancePath: instancePath + "/integrate/open", schemaPath: "#/properties/integrate/properties/open/maximum", keyword: "maximum", params: { comparison: "<=", limit: 100 }, message: "must be <= 100", schema: 100, parentSchema: schema7.properties.integrate.properties.open, data: data40 };
              if (vErrors === null) {
                vErrors = [err58];
              } else {
                vErrors.push(err58);
              }
              errors++;
            }
            if (data40 < 1 || isNaN(data40)) {
              const err59 = { instancePath: instancePath + "/integrate/open", schemaPath: "#/properties/integrate/properties/open/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1", schema: 1, parentSchema: schema7.properties.integrate.properties.open, data: data40 };
              if (vErrors === null) {
                vErrors = [err59];
              } else {
                vErrors.push(err59);
              }
              errors++;
            }
          }
        }
        if (data34.rolling !== void 0) {
          let data41 = data34.rolling;
          if (typeof data41 !== "boolean") {
            const err60 = { instancePath: instancePath + "/integrate/rolling", schemaPath: "#/properties/integrate/properties/rolling/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean", schema: schema7.properties.integrate.properties.rolling.type, parentSchema: schema7.properties.integrate.properties.rolling, data: data41 };
            if (vErrors === null) {
              vErrors = [err60];
            } else {
              vErrors.push(err60);
            }
            errors++;
          }
        }
        if (data34.labels !== void 0) {
          let data42 = data34.labels;
          if (Array.isArray(data42)) {
            if (data42.length > 20) {
              const err61 = { instancePath: instancePath + "/integrate/labels", schemaPath: "#/properties/integrate/properties/labels/maxItems", keyword: "maxItems", params: { limit: 20 }, message: "must NOT have more than 20 items", schema: 20, parentSchema: schema7.properties.integrate.properties.labels, data: data42 };
              if (vErrors === null) {
                vErrors = [err61];
              } else {
                vErrors.push(err61);
              }
              errors++;
            }
            const len1 = data42.length;
            for (let i2 = 0; i2 < len1; i2++) {
              let data43 = data42[i2];
              if (typeof data43 === "string") {
                if (func3(data43) > 50) {
                  const err62 = { instancePath: instancePath + "/integrate/labels/" + i2, schemaPath: "#/properties/integrate/properties/labels/items/maxLength", keyword: "maxLength", params: { limit: 50 }, message: "must NOT have more than 50 characters", schema: 50, parentSchema: schema7.properties.integrate.properties.labels.items, data: data43 };
                  if (vErrors === null) {
                    vErrors = [err62];
                  } else {
                    vErrors.push(err62);
                  }
                  errors++;
                }
                if (!pattern11.test(data43)) {
                  const err63 = { instancePath: instancePath + "/integrate/labels/" + i2, schemaPath: "#/properties/integrate/properties/labels/items/pattern", keyword: "pattern", params: { pattern: "^[^\\s,]([^\\u0000-\\u001f,]*[^\\s,])?$" }, message: 'must match pattern "^[^\\s,]([^\\u0000-\\u001f,]*[^\\s,])?$"', schema: "^[^\\s,]([^\\u0000-\\u001f,]*[^\\s,])?$", parentSchema: schema7.properties.integrate.properties.labels.items, data: data43 };
                  if (vErrors === null) {
                    vErrors = [err63];
                  } else {
                    vErrors.push(err63);
                  }
                  errors++;
                }
              } else {
                const err64 = { instancePath: instancePath + "/integrate/labels/" + i2, schemaPath: "#/properties/integrate/properties/labels/items/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema7.properties.integrate.properties.labels.items.type, parentSchema: schema7.properties.integrate.properties.labels.items, data: data43 };
                if (vErrors === null) {
                  vErrors = [err64];
                } else {
                  vErrors.push(err64);
                }
                errors++;
              }
            }
            let i3 = data42.length;
            let j1;
            if (i3 > 1) {
              const indices1 = {};
              for (; i3--; ) {
                let item1 = data42[i3];
                if (typeof item1 !== "string") {
                  continue;
                }
                if (typeof indices1[item1] == "number") {
                  j1 = indices1[item1];
                  const err65 = { instancePath: instancePath + "/integrate/labels", schemaPath: "#/properties/integrate/properties/labels/uniqueItems", keyword: "uniqueItems", params: { i: i3, j: j1 }, message: "must NOT have duplicate items (items ## " + j1 + " and " + i3 + " are identical)", schema: true, parentSchema: schema7.properties.integrate.properties.labels, data: data42 };
                  if (vErrors === null) {
                    vErrors = [err65];
                  } else {
                    vErrors.push(err65);
                  }
                  errors++;
                  break;
                }
                indices1[item1] = i3;
              }
            }
          } else {
            const err66 = { instancePath: instancePath + "/integrate/labels", schemaPath: "#/properties/integrate/properties/labels/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema7.properties.integrate.properties.labels.type, parentSchema: schema7.properties.integrate.properties.labels, data: data42 };
            if (vErrors === null) {
              vErrors = [err66];
            } else {
              vErrors.push(err66);
            }
            errors++;
          }
        }
        if (data34.reviewers !== void 0) {
          let data44 = data34.reviewers;
          if (Array.isArray(data44)) {
            if (data44.length > 20) {
              const err67 = { instancePath: instancePath + "/integrate/reviewers", schemaPath: "#/properties/integrate/properties/reviewers/maxItems", keyword: "maxItems", params: { limit: 20 }, message: "must NOT have more than 20 items", schema: 20, parentSchema: schema7.properties.integrate.properties.reviewers, data: data44 };
              if (vErrors === null) {
                vErrors = [err67];
              } else {
                vErrors.push(err67);
              }
              errors++;
            }
            const len2 = data44.length;
            for (let i4 = 0; i4 < len2; i4++) {
              let data45 = data44[i4];
              if (typeof data45 === "string") {
                if (func3(data45) > 100) {
                  const err68 = { instancePath: instancePath + "/integrate/reviewers/" + i4, schemaPath: "#/properties/integrate/properties/reviewers/items/maxLength", keyword: "maxLength", params: { limit: 100 }, message: "must NOT have more than 100 characters", schema: 100, parentSchema: schema7.properties.integrate.properties.reviewers.items, data: data45 };
                  if (vErrors === null) {
                    vErrors = [err68];
                  } else {
                    vErrors.push(err68);
                  }
                  errors++;
                }
                if (!pattern12.test(data45)) {
                  const err69 = { instancePath: instancePath + "/integrate/reviewers/" + i4, schemaPath: "#/properties/integrate/properties/reviewers/items/pattern", keyword: "pattern", params: { pattern: "^[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9._-]+)?$" }, message: 'must match pattern "^[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9._-]+)?$"', schema: "^[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9._-]+)?$", parentSchema: schema7.properties.integrate.properties.reviewers.items, data: data45 };
                  if (vErrors === null) {
                    vErrors = [err69];
                  } else {
                    vErrors.push(err69);
                  }
                  errors++;
                }
              } else {
                const err70 = { instancePath: instancePath + "/integrate/reviewers/" + i4, schemaPath: "#/properties/integrate/properties/reviewers/items/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema7.properties.integrate.properties.reviewers.items.type, parentSchema: schema7.properties.integrate.properties.reviewers.items, data: data45 };
                if (vErrors === null) {
                  vErrors = [err70];
                } else {
                  vErrors.push(err70);
                }
                errors++;
              }
            }
            let i5 = data44.length;
            let j2;
            if (i5 > 1) {
              const indices2 = {};
              for (; i5--; ) {
                let item2 = data44[i5];
                if (typeof item2 !== "string") {
                  continue;
                }
                if (typeof indices2[item2] == "number") {
                  j2 = indices2[item2];
                  const err71 = { instancePath: instancePath + "/integrate/reviewers", schemaPath: "#/properties/integrate/properties/reviewers/uniqueItems", keyword: "uniqueItems", params: { i: i5, j: j2 }, message: "must NOT have duplicate items (items ## " + j2 + " and " + i5 + " are identical)", schema: true, parentSchema: schema7.properties.integrate.properties.reviewers, data: data44 };
                  if (vErrors === null) {
                    vErrors = [err71];
                  } else {
                    vErrors.push(err71);
                  }
                  errors++;
                  break;
                }
                indices2[item2] = i5;
              }
            }
          } else {
            const err72 = { instancePath: instancePath + "/integrate/reviewers", schemaPath: "#/properties/integrate/properties/reviewers/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema7.properties.integrate.properties.reviewers.type, parentSchema: schema7.properties.integrate.properties.reviewers, data: data44 };
            if (vErrors === null) {
              vErrors = [err72];
            } else {
              vErrors.push(err72);
            }
            errors++;
          }
        }
        if (data34.method !== void 0) {
          let data46 = data34.method;
          if (typeof data46 !== "string") {
            const err73 = { instancePath: instancePath + "/integrate/method", schemaPath: "#/properties/integrate/properties/method/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema7.properties.integrate.properties.method.type, parentSchema: schema7.properties.integrate.properties.method, data: data46 };
            if (vErrors === null) {
              vErrors = [err73];
            } else {
              vErrors.push(err73);
            }
            errors++;
          }
          if (!(data46 === "merge" || data46 === "squash" || data46 === "rebase")) {
            const err74 = { instancePath: instancePath + "/integrate/method", schemaPath: "#/properties/integrate/properties/method/enum", keyword: "enum", params: { allowedValues: schema7.properties.integrate.properties.method.enum }, message: "must be equal to one of the allowed values", schema: schema7.properties.integrate.properties.method.enum, parentSchema: schema7.properties.integrate.properties.method, data: data46 };
            if (vErrors === null) {
              vErrors = [err74];
            } else {
              vErrors.push(err74);
            }
            errors++;
          }
        }
      } else {
        const err75 = { instancePath: instancePath + "/integrate", schemaPath: "#/properties/integrate/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema7.properties.integrate.type, parentSchema: schema7.properties.integrate, data: data34 };
        if (vErrors === null) {
          vErrors = [err75];
        } else {
          vErrors.push(err75);
        }
        errors++;
      }
    }
    if (data.mirrors !== void 0) {
      let data47 = data.mirrors;
      if (Array.isArray(data47)) {
        if (data47.length > 20) {
          const err76 = { instancePath: instancePath + "/mirrors", schemaPath: "#/properties/mirrors/maxItems", keyword: "maxItems", params: { limit: 20 }, message: "must NOT have more than 20 items", schema: 20, parentSchema: schema7.properties.mirrors, data: data47 };
          if (vErrors === null) {
            vErrors = [err76];
          } else {
            vErrors.push(err76);
          }
          errors++;
        }
        const len3 = data47.length;
        for (let i6 = 0; i6 < len3; i6++) {
          let data48 = data47[i6];
          if (data48 && typeof data48 == "object" && !Array.isArray(data48)) {
            if (data48.remote === void 0) {
              const err77 = { instancePath: instancePath + "/mirrors/" + i6, schemaPath: "#/properties/mirrors/items/required", keyword: "required", params: { missingProperty: "remote" }, message: "must have required property 'remote'", schema: schema7.properties.mirrors.items.required, parentSchema: schema7.properties.mirrors.items, data: data48 };
              if (vErrors === null) {
                vErrors = [err77];
              } else {
                vErrors.push(err77);
              }
              errors++;
            }
            for (const key8 in data48) {
              if (!(key8 === "remote" || key8 === "branches" || key8 === "tags")) {
                const err78 = { instancePath: instancePath + "/mirrors/" + i6, schemaPath: "#/properties/mirrors/items/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key8 }, message: "must NOT have additional properties", schema: false, parentSchema: schema7.properties.mirrors.items, data: data48 };
                if (vErrors === null) {
                  vErrors = [err78];
                } else {
                  vErrors.push(err78);
                }
                errors++;
              }
            }
            if (data48.remote !== void 0) {
              let data49 = data48.remote;
              if (typeof data49 === "string") {
                if (func3(data49) > 400) {
                  const err79 = { instancePath: instancePath + "/mirrors/" + i6 + "/remote", schemaPath: "#/properties/mirrors/items/properties/remote/maxLength", keyword: "maxLength", params: { limit: 400 }, message: "must NOT have more than 400 characters", schema: 400, parentSchema: schema7.properties.mirrors.items.properties.remote, data: data49 };
                  if (vErrors === null) {
                    vErrors = [err79];
                  } else {
                    vErrors.push(err79);
                  }
                  errors++;
                }
                if (func3(data49) < 1) {
                  const err80 = { instancePath: instancePath + "/mirrors/" + i6 + "/remote", schemaPath: "#/properties/mirrors/items/properties/remote/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema7.properties.mirrors.items.properties.remote, data: data49 };
                  if (vErrors === null) {
                    vErrors = [err80];
                  } else {
                    vErrors.push(err80);
                  }
                  errors++;
                }
                if (!pattern13.test(data49)) {
                  const err81 = { instancePath: instancePath + "/mirrors/" + i6 + "/remote", schemaPath: "#/properties/mirrors/items/properties/remote/pattern", keyword: "pattern", params: { pattern: "^(?!-)[!-~]+$" }, message: 'must match pattern "^(?!-)[!-~]+$"', schema: "^(?!-)[!-~]+$", parentSchema: schema7.properties.mirrors.items.properties.remote, data: data49 };
                  if (vErrors === null) {
                    vErrors = [err81];
                  } else {
                    vErrors.push(err81);
                  }
                  errors++;
                }
              } else {
                const err82 = { instancePath: instancePath + "/mirrors/" + i6 + "/remote", schemaPath: "#/properties/mirrors/items/properties/remote/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema7.properties.mirrors.items.properties.remote.type, parentSchema: schema7.properties.mirrors.items.properties.remote, data: data49 };
                if (vErrors === null) {
                  vErrors = [err82];
                } else {
                  vErrors.push(err82);
                }
                errors++;
              }
            }
            if (data48.branches !== void 0) {
              let data50 = data48.branches;
              if (Array.isArray(data50)) {
                if (data50.length > 50) {
                  const err83 = { instancePath: instancePath + "/mirrors/" + i6 + "/branches", schemaPath: "#/properties/mirrors/items/properties/branches/maxItems", keyword: "maxItems", params: { limit: 50 }, message: "must NOT have more than 50 items", schema: 50, parentSchema: schema7.properties.mirrors.items.properties.branches, data: data50 };
                  if (vErrors === null) {
                    vErrors = [err83];
                  } else {
                    vErrors.push(err83);
                  }
                  errors++;
                }
                const len4 = data50.length;
                for (let i7 = 0; i7 < len4; i7++) {
                  let data51 = data50[i7];
                  if (typeof data51 === "string") {
                    if (func3(data51) > 200) {
                      const err84 = { instancePath: instancePath + "/mirrors/" + i6 + "/branches/" + i7, schemaPath: "#/properties/mirrors/items/properties/branches/items/maxLength", keyword: "maxLength", params: { limit: 200 }, message: "must NOT have more than 200 characters", schema: 200, parentSchema: schema7.properties.mirrors.items.properties.branches.items, data: data51 };
                      if (vErrors === null) {
                        vErrors = [err84];
                      } else {
                        vErrors.push(err84);
                      }
                      errors++;
                    }
                    if (func3(data51) < 1) {
                      const err85 = { instancePath: instancePath + "/mirrors/" + i6 + "/branches/" + i7, schemaPath: "#/properties/mirrors/items/properties/branches/items/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema7.properties.mirrors.items.properties.branches.items, data: data51 };
                      if (vErrors === null) {
                        vErrors = [err85];
                      } else {
                        vErrors.push(err85);
                      }
                      errors++;
                    }
                  } else {
                    const err86 = { instancePath: instancePath + "/mirrors/" + i6 + "/branches/" + i7, schemaPath: "#/properties/mirrors/items/properties/branches/items/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema7.properties.mirrors.items.properties.branches.items.type, parentSchema: schema7.properties.mirrors.items.properties.branches.items, data: data51 };
                    if (vErrors === null) {
                      vErrors = [err86];
                    } else {
                      vErrors.push(err86);
                    }
                    errors++;
                  }
                }
              } else {
                const err87 = { instancePath: instancePath + "/mirrors/" + i6 + "/branches", schemaPath: "#/properties/mirrors/items/properties/branches/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema7.properties.mirrors.items.properties.branches.type, parentSchema: schema7.properties.mirrors.items.properties.branches, data: data50 };
                if (vErrors === null) {
                  vErrors = [err87];
                } else {
                  vErrors.push(err87);
                }
                errors++;
              }
            }
            if (data48.tags !== void 0) {
              let data52 = data48.tags;
              if (Array.isArray(data52)) {
                if (data52.length > 50) {
                  const err88 = { instancePath: instancePath + "/mirrors/" + i6 + "/tags", schemaPath: "#/properties/mirrors/items/properties/tags/maxItems", keyword: "maxItems", params: { limit: 50 }, message: "must NOT have more than 50 items", schema: 50, parentSchema: schema7.properties.mirrors.items.properties.tags, data: data52 };
                  if (vErrors === null) {
                    vErrors = [err88];
                  } else {
                    vErrors.push(err88);
                  }
                  errors++;
                }
                const len5 = data52.length;
                for (let i8 = 0; i8 < len5; i8++) {
                  let data53 = data52[i8];
                  if (typeof data53 === "string") {
                    if (func3(data53) > 200) {
                      const err89 = { instancePath: instancePath + "/mirrors/" + i6 + "/tags/" + i8, schemaPath: "#/properties/mirrors/items/properties/tags/items/maxLength", keyword: "maxLength", params: { limit: 200 }, message: "must NOT have more than 200 characters", schema: 200, parentSchema: schema7.properties.mirrors.items.properties.tags.items, data: data53 };
                      if (vErrors === null) {
                        vErrors = [err89];
                      } else {
                        vErrors.push(err89);
                      }
                      errors++;
                    }
                    if (func3(data53) < 1) {
                      const err90 = { instancePath: instancePath + "/mirrors/" + i6 + "/tags/" + i8, schemaPath: "#/properties/mirrors/items/properties/tags/items/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema7.properties.mirrors.items.properties.tags.items, data: data53 };
                      if (vErrors === null) {
                        vErrors = [err90];
                      } else {
                        vErrors.push(err90);
                      }
                      errors++;
                    }
                  } else {
                    const err91 = { instancePath: instancePath + "/mirrors/" + i6 + "/tags/" + i8, schemaPath: "#/properties/mirrors/items/properties/tags/items/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema7.properties.mirrors.items.properties.tags.items.type, parentSchema: schema7.properties.mirrors.items.properties.tags.items, data: data53 };
                    if (vErrors === null) {
                      vErrors = [err91];
                    } else {
                      vErrors.push(err91);
                    }
                    errors++;
                  }
                }
              } else {
                const err92 = { instancePath: instancePath + "/mirrors/" + i6 + "/tags", schemaPath: "#/properties/mirrors/items/properties/tags/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema7.properties.mirrors.items.properties.tags.type, parentSchema: schema7.properties.mirrors.items.properties.tags, data: data52 };
                if (vErrors === null) {
                  vErrors = [err92];
                } else {
                  vErrors.push(err92);
                }
                errors++;
              }
            }
          } else {
            const err93 = { instancePath: instancePath + "/mirrors/" + i6, schemaPath: "#/properties/mirrors/items/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema7.properties.mirrors.items.type, parentSchema: schema7.properties.mirrors.items, data: data48 };
            if (vErrors === null) {
              vErrors = [err93];
            } else {
              vErrors.push(err93);
            }
            errors++;
          }
        }
      } else {
        const err94 = { instancePath: instancePath + "/mirrors", schemaPath: "#/properties/mirrors/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema7.properties.mirrors.type, parentSchema: schema7.properties.mirrors, data: data47 };
        if (vErrors === null) {
          vErrors = [err94];
        } else {
          vErrors.push(err94);
        }
        errors++;
      }
    }
    if (data.forge !== void 0) {
      let data54 = data.forge;
      if (data54 && typeof data54 == "object" && !Array.isArray(data54)) {
        for (const key9 in data54) {
          if (!(key9 === "kind" || key9 === "repo" || key9 === "baseUrl" || key9 === "token")) {
            const err95 = { instancePath: instancePath + "/forge", schemaPath: "#/properties/forge/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key9 }, message: "must NOT have additional properties", schema: false, parentSchema: schema7.properties.forge, data: data54 };
            if (vErrors === null) {
              vErrors = [err95];
            } else {
              vErrors.push(err95);
            }
            errors++;
          }
        }
        if (data54.kind !== void 0) {
          let data55 = data54.kind;
          if (typeof data55 !== "string") {
            const err96 = { instancePath: instancePath + "/forge/kind", schemaPath: "#/properties/forge/properties/kind/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema7.properties.forge.properties.kind.type, parentSchema: schema7.properties.forge.properties.kind, data: data55 };
            if (vErrors === null) {
              vErrors = [err96];
            } else {
              vErrors.push(err96);
            }
            errors++;
          }
          if (!(data55 === "none" || data55 === "github" || data55 === "gitea" || data55 === "gitlab")) {
            const err97 = { instancePath: instancePath + "/forge/kind", schemaPath: "#/properties/forge/properties/kind/enum", keyword: "enum", params: { allowedValues: schema7.properties.forge.properties.kind.enum }, message: "must be equal to one of the allowed values", schema: schema7.properties.forge.properties.kind.enum, parentSchema: schema7.properties.forge.properties.kind, data: data55 };
            if (vErrors === null) {
              vErrors = [err97];
            } else {
              vErrors.push(err97);
            }
            errors++;
          }
        }
        if (data54.repo !== void 0) {
          let data56 = data54.repo;
          if (typeof data56 === "string") {
            if (func3(data56) > 400) {
              const err98 = { instancePath: instancePath + "/forge/repo", schemaPath: "#/properties/forge/properties/repo/maxLength", keyword: "maxLength", params: { limit: 400 }, message: "must NOT have more than 400 characters", schema: 400, parentSchema: schema7.properties.forge.properties.repo, data: data56 };
              if (vErrors === null) {
                vErrors = [err98];
              } else {
                vErrors.push(err98);
              }
              errors++;
            }
            if (!pattern14.test(data56)) {
              const err99 = { instancePath: instancePath + "/forge/repo", schemaPath: "#/properties/forge/properties/repo/pattern", keyword: "pattern", params: { pattern: "^(?!(.*/)?\\.{1,2}(/|$))[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)+$" }, message: 'must match pattern "^(?!(.*/)?\\.{1,2}(/|$))[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)+$"', schema: "^(?!(.*/)?\\.{1,2}(/|$))[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)+$", parentSchema: schema7.properties.forge.properties.repo, data: data56 };
              if (vErrors === null) {
                vErrors = [err99];
              } else {
                vErrors.push(err99);
              }
              errors++;
            }
          } else {
            const err100 = { instancePath: instancePath + "/forge/repo", schemaPath: "#/properties/forge/properties/repo/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema7.properties.forge.properties.repo.type, parentSchema: schema7.properties.forge.properties.repo, data: data56 };
            if (vErrors === null) {
              vErrors = [err100];
            } else {
              vErrors.push(err100);
            }
            errors++;
          }
        }
        if (data54.baseUrl !== void 0) {
          let data57 = data54.baseUrl;
          if (typeof data57 === "string") {
            if (func3(data57) > 500) {
              const err101 = { instancePath: instancePath + "/forge/baseUrl", schemaPath: "#/properties/forge/properties/baseUrl/maxLength", keyword: "maxLength", params: { limit: 500 }, message: "must NOT have more than 500 characters", schema: 500, parentSchema: schema7.properties.forge.properties.baseUrl, data: data57 };
              if (vErrors === null) {
                vErrors = [err101];
              } else {
                vErrors.push(err101);
              }
              errors++;
            }
            if (!pattern15.test(data57)) {
              const err102 = { instancePath: instancePath + "/forge/baseUrl", schemaPath: "#/properties/forge/properties/baseUrl/pattern", keyword: "pattern", params: { pattern: "^https?://[^/?#@]+(/[^?#]*)?$" }, message: 'must match pattern "^https?://[^/?#@]+(/[^?#]*)?$"', schema: "^https?://[^/?#@]+(/[^?#]*)?$", parentSchema: schema7.properties.forge.properties.baseUrl, data: data57 };
              if (vErrors === null) {
                vErrors = [err102];
              } else {
                vErrors.push(err102);
              }
              errors++;
            }
          } else {
            const err103 = { instancePath: instancePath + "/forge/baseUrl", schemaPath: "#/properties/forge/properties/baseUrl/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema7.properties.forge.properties.baseUrl.type, parentSchema: schema7.properties.forge.properties.baseUrl, data: data57 };
            if (vErrors === null) {
              vErrors = [err103];
            } else {
              vErrors.push(err103);
            }
            errors++;
          }
        }
        if (data54.token !== void 0) {
          if (!validate54(data54.token, { instancePath: instancePath + "/forge/token", parentData: data54, parentDataProperty: "token", rootData })) {
            vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err104 = { instancePath: instancePath + "/forge", schemaPath: "#/properties/forge/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema7.properties.forge.type, parentSchema: schema7.properties.forge, data: data54 };
        if (vErrors === null) {
          vErrors = [err104];
        } else {
          vErrors.push(err104);
        }
        errors++;
      }
    }
    if (data.issues !== void 0) {
      let data59 = data.issues;
      if (data59 && typeof data59 == "object" && !Array.isArray(data59)) {
        if (data59.labels === void 0) {
          const err105 = { instancePath: instancePath + "/issues", schemaPath: "#/properties/issues/required", keyword: "required", params: { missingProperty: "labels" }, message: "must have required property 'labels'", schema: schema7.properties.issues.required, parentSchema: schema7.properties.issues, data: data59 };
          if (vErrors === null) {
            vErrors = [err105];
          } else {
            vErrors.push(err105);
          }
          errors++;
        }
        for (const key10 in data59) {
          if (!(key10 === "labels" || key10 === "most")) {
            const err106 = { instancePath: instancePath + "/issues", schemaPath: "#/properties/issues/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key10 }, message: "must NOT have additional properties", schema: false, parentSchema: schema7.properties.issues, data: data59 };
            if (vErrors === null) {
              vErrors = [err106];
            } else {
              vErrors.push(err106);
            }
            errors++;
          }
        }
        if (data59.labels !== void 0) {
          let data60 = data59.labels;
          if (data60 && typeof data60 == "object" && !Array.isArray(data60)) {
            if (Object.keys(data60).length > 10) {
              const err107 = { instancePath: instancePath + "/issues/labels", schemaPath: "#/properties/issues/properties/labels/maxProperties", keyword: "maxProperties", params: { limit: 10 }, message: "must NOT have more than 10 properties", schema: 10, parentSchema: schema7.properties.issues.properties.labels, data: data60 };
              if (vErrors === null) {
                vErrors = [err107];
              } else {
                vErrors.push(err107);
              }
              errors++;
            }
            if (Object.keys(data60).length < 1) {
              const err108 = { instancePath: instancePath + "/issues/labels", schemaPath: "#/properties/issues/properties/labels/minProperties", keyword: "minProperties", params: { limit: 1 }, message: "must NOT have fewer than 1 properties", schema: 1, parentSchema: schema7.properties.issues.properties.labels, data: data60 };
              if (vErrors === null) {
                vErrors = [err108];
              } else {
                vErrors.push(err108);
              }
              errors++;
            }
            for (const key11 in data60) {
              const _errs118 = errors;
              if (typeof key11 === "string") {
                if (!pattern18.test(key11)) {
                  const err109 = { instancePath: instancePath + "/issues/labels", schemaPath: "#/properties/issues/properties/labels/propertyNames/pattern", keyword: "pattern", params: { pattern: "^[^,\\s\\u0000-\\u001f]([^,\\u0000-\\u001f]{0,98}[^,\\s\\u0000-\\u001f])?$" }, message: 'must match pattern "^[^,\\s\\u0000-\\u001f]([^,\\u0000-\\u001f]{0,98}[^,\\s\\u0000-\\u001f])?$"', schema: "^[^,\\s\\u0000-\\u001f]([^,\\u0000-\\u001f]{0,98}[^,\\s\\u0000-\\u001f])?$", parentSchema: schema7.properties.issues.properties.labels.propertyNames, data: key11, propertyName: key11 };
                  if (vErrors === null) {
                    vErrors = [err109];
                  } else {
                    vErrors.push(err109);
                  }
                  errors++;
                }
              } else {
                const err110 = { instancePath: instancePath + "/issues/labels", schemaPath: "#/properties/issues/properties/labels/propertyNames/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema7.properties.issues.properties.labels.propertyNames.type, parentSchema: schema7.properties.issues.properties.labels.propertyNames, data: key11, propertyName: key11 };
                if (vErrors === null) {
                  vErrors = [err110];
                } else {
                  vErrors.push(err110);
                }
                errors++;
              }
              var valid27 = _errs118 === errors;
              if (!valid27) {
                const err111 = { instancePath: instancePath + "/issues/labels", schemaPath: "#/properties/issues/properties/labels/propertyNames", keyword: "propertyNames", params: { propertyName: key11 }, message: "property name must be valid", schema: schema7.properties.issues.properties.labels.propertyNames, parentSchema: schema7.properties.issues.properties.labels, data: data60 };
                if (vErrors === null) {
                  vErrors = [err111];
                } else {
                  vErrors.push(err111);
                }
                errors++;
              }
            }
            for (const key12 in data60) {
              let data61 = data60[key12];
              if (data61 && typeof data61 == "object" && !Array.isArray(data61)) {
                for (const key13 in data61) {
                  if (!(key13 === "formula" || key13 === "risk" || key13 === "priority")) {
                    const err112 = { instancePath: instancePath + "/issues/labels/" + key12.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/issues/properties/labels/additionalProperties/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key13 }, message: "must NOT have additional properties", schema: false, parentSchema: schema7.properties.issues.properties.labels.additionalProperties, data: data61 };
                    if (vErrors === null) {
                      vErrors = [err112];
                    } else {
                      vErrors.push(err112);
                    }
                    errors++;
                  }
                }
                if (data61.formula !== void 0) {
                  if (!validate48(data61.formula, { instancePath: instancePath + "/issues/labels/" + key12.replace(/~/g, "~0").replace(/\//g, "~1") + "/formula", parentData: data61, parentDataProperty: "formula", rootData })) {
                    vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
                    errors = vErrors.length;
                  }
                }
                if (data61.risk !== void 0) {
                  if (!validate57(data61.risk, { instancePath: instancePath + "/issues/labels/" + key12.replace(/~/g, "~0").replace(/\//g, "~1") + "/risk", parentData: data61, parentDataProperty: "risk", rootData })) {
                    vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
                    errors = vErrors.length;
                  }
                }
                if (data61.priority !== void 0) {
                  let data64 = data61.priority;
                  if (typeof data64 !== "string") {
                    const err113 = { instancePath: instancePath + "/issues/labels/" + key12.replace(/~/g, "~0").replace(/\//g, "~1") + "/priority", schemaPath: "#/properties/issues/properties/labels/additionalProperties/properties/priority/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema7.properties.issues.properties.labels.additionalProperties.properties.priority.type, parentSchema: schema7.properties.issues.properties.labels.additionalProperties.properties.priority, data: data64 };
                    if (vErrors === null) {
                      vErrors = [err113];
                    } else {
                      vErrors.push(err113);
                    }
                    errors++;
                  }
                  if (!(data64 === "normal" || data64 === "background")) {
                    const err114 = { instancePath: instancePath + "/issues/labels/" + key12.replace(/~/g, "~0").replace(/\//g, "~1") + "/priority", schemaPath: "#/properties/issues/properties/labels/additionalProperties/properties/priority/enum", keyword: "enum", params: { allowedValues: schema7.properties.issues.properties.labels.additionalProperties.properties.priority.enum }, message: "must be equal to one of the allowed values", schema: schema7.properties.issues.properties.labels.additionalProperties.properties.priority.enum, parentSchema: schema7.properties.issues.properties.labels.additionalProperties.properties.priority, data: data64 };
                    if (vErrors === null) {
                      vErrors = [err114];
                    } else {
                      vErrors.push(err114);
                    }
                    errors++;
                  }
                }
              } else {
                const err115 = { instancePath: instancePath + "/issues/labels/" + key12.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/issues/properties/labels/additionalProperties/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema7.properties.issues.properties.labels.additionalProperties.type, parentSchema: schema7.properties.issues.properties.labels.additionalProperties, data: data61 };
                if (vErrors === null) {
                  vErrors = [err115];
                } else {
                  vErrors.push(err115);
                }
                errors++;
              }
            }
          } else {
            const err116 = { instancePath: instancePath + "/issues/labels", schemaPath: "#/properties/issues/properties/labels/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema7.properties.issues.properties.labels.type, parentSchema: schema7.properties.issues.properties.labels, data: data60 };
            if (vErrors === null) {
              vErrors = [err116];
            } else {
              vErrors.push(err116);
            }
            errors++;
          }
        }
        if (data59.most !== void 0) {
          let data65 = data59.most;
          if (!(typeof data65 == "number" && (!(data65 % 1) && !isNaN(data65)) && isFinite(data65))) {
            const err117 = { instancePath: instancePath + "/issues/most", schemaPath: "#/properties/issues/properties/most/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema7.properties.issues.properties.most.type, parentSchema: schema7.properties.issues.properties.most, data: data65 };
            if (vErrors === null) {
              vErrors = [err117];
            } else {
              vErrors.push(err117);
            }
            errors++;
          }
          if (typeof data65 == "number" && isFinite(data65)) {
            if (data65 > 100 || isNaN(data65)) {
              const err118 = { instancePath: instancePath + "/issues/most", schemaPath: "#/properties/issues/properties/most/maximum", keyword: "maximum", params: { comparison: "<=", limit: 100 }, message: "must be <= 100", schema: 100, parentSchema: schema7.properties.issues.properties.most, data: data65 };
              if (vErrors === null) {
                vErrors = [err118];
              } else {
                vErrors.push(err118);
              }
              errors++;
            }
            if (data65 < 1 || isNaN(data65)) {
              const err119 = { instancePath: instancePath + "/issues/most", schemaPath: "#/properties/issues/properties/most/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1", schema: 1, parentSchema: schema7.properties.issues.properties.most, data: data65 };
              if (vErrors === null) {
                vErrors = [err119];
              } else {
                vErrors.push(err119);
              }
              errors++;
            }
          }
        }
      } else {
        const err120 = { instancePath: instancePath + "/issues", schemaPath: "#/properties/issues/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema7.properties.issues.type, parentSchema: schema7.properties.issues, data: data59 };
        if (vErrors === null) {
          vErrors = [err120];
        } else {
          vErrors.push(err120);
        }
        errors++;
      }
    }
    if (data.signals !== void 0) {
      let data66 = data.signals;
      if (data66 && typeof data66 == "object" && !Array.isArray(data66)) {
        if (Object.keys(data66).length < 1) {
          const err121 = { instancePath: instancePath + "/signals", schemaPath: "#/properties/signals/minProperties", keyword: "minProperties", params: { limit: 1 }, message: "must NOT have fewer than 1 properties", schema: 1, parentSchema: schema7.properties.signals, data: data66 };
          if (vErrors === null) {
            vErrors = [err121];
          } else {
            vErrors.push(err121);
          }
          errors++;
        }
        for (const key14 in data66) {
          if (!(key14 === "default-branch" || key14 === "checks" || key14 === "reviews" || key14 === "conflicts" || key14 === "rounds")) {
            const err122 = { instancePath: instancePath + "/signals", schemaPath: "#/properties/signals/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key14 }, message: "must NOT have additional properties", schema: false, parentSchema: schema7.properties.signals, data: data66 };
            if (vErrors === null) {
              vErrors = [err122];
            } else {
              vErrors.push(err122);
            }
            errors++;
          }
        }
        if (data66["default-branch"] !== void 0) {
          if (!validate48(data66["default-branch"], { instancePath: instancePath + "/signals/default-branch", parentData: data66, parentDataProperty: "default-branch", rootData })) {
            vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
            errors = vErrors.length;
          }
        }
        if (data66.checks !== void 0) {
          if (!validate48(data66.checks, { instancePath: instancePath + "/signals/checks", parentData: data66, parentDataProperty: "checks", rootData })) {
            vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
            errors = vErrors.length;
          }
        }
        if (data66.reviews !== void 0) {
          if (!validate48(data66.reviews, { instancePath: instancePath + "/signals/reviews", parentData: data66, parentDataProperty: "reviews", rootData })) {
            vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
            errors = vErrors.length;
          }
        }
        if (data66.conflicts !== void 0) {
          if (!validate48(data66.conflicts, { instancePath: instancePath + "/signals/conflicts", parentData: data66, parentDataProperty: "conflicts", rootData })) {
            vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
            errors = vErrors.length;
          }
        }
        if (data66.rounds !== void 0) {
          let data71 = data66.rounds;
          if (!(typeof data71 == "number" && (!(data71 % 1) && !isNaN(data71)) && isFinite(data71))) {
            const err123 = { instancePath: instancePath + "/signals/rounds", schemaPath: "#/properties/signals/properties/rounds/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema7.properties.signals.properties.rounds.type, parentSchema: schema7.properties.signals.properties.rounds, data: data71 };
            if (vErrors === null) {
              vErrors = [err123];
            } else {
              vErrors.push(err123);
            }
            errors++;
          }
          if (typeof data71 == "number" && isFinite(data71)) {
            if (data71 > 20 || isNaN(data71)) {
              const err124 = { instancePath: instancePath + "/signals/rounds", schemaPath: "#/properties/signals/properties/rounds/maximum", keyword: "maximum", params: { comparison: "<=", limit: 20 }, message: "must be <= 20", schema: 20, parentSchema: schema7.properties.signals.properties.rounds, data: data71 };
              if (vErrors === null) {
                vErrors = [err124];
              } else {
                vErrors.push(err124);
              }
              errors++;
            }
            if (data71 < 1 || isNaN(data71)) {
              const err125 = { instancePath: instancePath + "/signals/rounds", schemaPath: "#/properties/signals/properties/rounds/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1", schema: 1, parentSchema: schema7.properties.signals.properties.rounds, data: data71 };
              if (vErrors === null) {
                vErrors = [err125];
              } else {
                vErrors.push(err125);
              }
              errors++;
            }
          }
        }
      } else {
        const err126 = { instancePath: instancePath + "/signals", schemaPath: "#/properties/signals/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema7.properties.signals.type, parentSchema: schema7.properties.signals, data: data66 };
        if (vErrors === null) {
          vErrors = [err126];
        } else {
          vErrors.push(err126);
        }
        errors++;
      }
    }
    if (data.models !== void 0) {
      let data72 = data.models;
      if (data72 && typeof data72 == "object" && !Array.isArray(data72)) {
        for (const key15 in data72) {
          const _errs141 = errors;
          if (!validate48(key15, { instancePath: instancePath + "/models", parentData: data72, parentDataProperty: "models", rootData })) {
            vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
            errors = vErrors.length;
          }
          var valid31 = _errs141 === errors;
          if (!valid31) {
            const err127 = { instancePath: instancePath + "/models", schemaPath: "#/properties/models/propertyNames", keyword: "propertyNames", params: { propertyName: key15 }, message: "property name must be valid", schema: schema7.properties.models.propertyNames, parentSchema: schema7.properties.models, data: data72 };
            if (vErrors === null) {
              vErrors = [err127];
            } else {
              vErrors.push(err127);
            }
            errors++;
          }
        }
        for (const key16 in data72) {
          let data73 = data72[key16];
          if (data73 && typeof data73 == "object" && !Array.isArray(data73)) {
            if (data73.provider === void 0) {
              const err128 = { instancePath: instancePath + "/models/" + key16.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/models/additionalProperties/required", keyword: "required", params: { missingProperty: "provider" }, message: "must have required property 'provider'", schema: schema7.properties.models.additionalProperties.required, parentSchema: schema7.properties.models.additionalProperties, data: data73 };
              if (vErrors === null) {
                vErrors = [err128];
              } else {
                vErrors.push(err128);
              }
              errors++;
            }
            if (data73.model === void 0) {
              const err129 = { instancePath: instancePath + "/models/" + key16.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/models/additionalProperties/required", keyword: "required", params: { missingProperty: "model" }, message: "must have required property 'model'", schema: schema7.properties.models.additionalProperties.required, parentSchema: schema7.properties.models.additionalProperties, data: data73 };
              if (vErrors === null) {
                vErrors = [err129];
              } else {
                vErrors.push(err129);
              }
              errors++;
            }
            for (const key17 in data73) {
              if (!func2.call(schema7.properties.models.additionalProperties.properties, key17)) {
                const err130 = { instancePath: instancePath + "/models/" + key16.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/models/additionalProperties/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key17 }, message: "must NOT have additional properties", schema: false, parentSchema: schema7.properties.models.additionalProperties, data: data73 };
                if (vErrors === null) {
                  vErrors = [err130];
                } else {
                  vErrors.push(err130);
                }
                errors++;
              }
            }
            if (data73.provider !== void 0) {
              let data74 = data73.provider;
              if (typeof data74 !== "string") {
                const err131 = { instancePath: instancePath + "/models/" + key16.replace(/~/g, "~0").replace(/\//g, "~1") + "/provider", schemaPath: "#/properties/models/additionalProperties/properties/provider/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema7.properties.models.additionalProperties.properties.provider.type, parentSchema: schema7.properties.models.additionalProperties.properties.provider, data: data74 };
                if (vErrors === null) {
                  vErrors = [err131];
                } else {
                  vErrors.push(err131);
                }
                errors++;
              }
              if (!(data74 === "ollama" || data74 === "openai")) {
                const err132 = { instancePath: instancePath + "/models/" + key16.replace(/~/g, "~0").replace(/\//g, "~1") + "/provider", schemaPath: "#/properties/models/additionalProperties/properties/provider/enum", keyword: "enum", params: { allowedValues: schema7.properties.models.additionalProperties.properties.provider.enum }, message: "must be equal to one of the allowed values", schema: schema7.properties.models.additionalProperties.properties.provider.enum, parentSchema: schema7.properties.models.additionalProperties.properties.provider, data: data74 };
                if (vErrors === null) {
                  vErrors = [err132];
                } else {
                  vErrors.push(err132);
                }
                errors++;
              }
            }
            if (data73.model !== void 0) {
              let data75 = data73.model;
              if (typeof data75 === "string") {
                if (func3(data75) > 200) {
                  const err133 = { instancePath: instancePath + "/models/" + key16.replace(/~/g, "~0").replace(/\//g, "~1") + "/model", schemaPath: "#/properties/models/additionalProperties/properties/model/maxLength", keyword: "maxLength", params: { limit: 200 }, message: "must NOT have more than 200 characters", schema: 200, parentSchema: schema7.properties.models.additionalProperties.properties.model, data: data75 };
                  if (vErrors === null) {
                    vErrors = [err133];
                  } else {
                    vErrors.push(err133);
                  }
                  errors++;
                }
                if (func3(data75) < 1) {
                  const err134 = { instancePath: instancePath + "/models/" + key16.replace(/~/g, "~0").replace(/\//g, "~1") + "/model", schemaPath: "#/properties/models/additionalProperties/properties/model/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema7.properties.models.additionalProperties.properties.model, data: data75 };
                  if (vErrors === null) {
                    vErrors = [err134];
                  } else {
                    vErrors.push(err134);
                  }
                  errors++;
                }
              } else {
                const err135 = { instancePath: instancePath + "/models/" + key16.replace(/~/g, "~0").replace(/\//g, "~1") + "/model", schemaPath: "#/properties/models/additionalProperties/properties/model/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema7.properties.models.additionalProperties.properties.model.type, parentSchema: schema7.properties.models.additionalProperties.properties.model, data: data75 };
                if (vErrors === null) {
                  vErrors = [err135];
                } else {
                  vErrors.push(err135);
                }
                errors++;
              }
            }
            if (data73.baseUrl !== void 0) {
              let data76 = data73.baseUrl;
              if (typeof data76 === "string") {
                if (func3(data76) > 500) {
                  const err136 = { instancePath: instancePath + "/models/" + key16.replace(/~/g, "~0").replace(/\//g, "~1") + "/baseUrl", schemaPath: "#/properties/models/additionalProperties/properties/baseUrl/maxLength", keyword: "maxLength", params: { limit: 500 }, message: "must NOT have more than 500 characters", schema: 500, parentSchema: schema7.properties.models.additionalProperties.properties.baseUrl, data: data76 };
                  if (vErrors === null) {
                    vErrors = [err136];
                  } else {
                    vErrors.push(err136);
                  }
                  errors++;
                }
                if (!pattern19.test(data76)) {
                  const err137 = { instancePath: instancePath + "/models/" + key16.replace(/~/g, "~0").replace(/\//g, "~1") + "/baseUrl", schemaPath: "#/properties/models/additionalProperties/properties/baseUrl/pattern", keyword: "pattern", params: { pattern: "^https?://" }, message: 'must match pattern "^https?://"', schema: "^https?://", parentSchema: schema7.properties.models.additionalProperties.properties.baseUrl, data: data76 };
                  if (vErrors === null) {
                    vErrors = [err137];
                  } else {
                    vErrors.push(err137);
                  }
                  errors++;
                }
              } else {
                const err138 = { instancePath: instancePath + "/models/" + key16.replace(/~/g, "~0").replace(/\//g, "~1") + "/baseUrl", schemaPath: "#/properties/models/additionalProperties/properties/baseUrl/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema7.properties.models.additionalProperties.properties.baseUrl.type, parentSchema: schema7.properties.models.additionalProperties.properties.baseUrl, data: data76 };
                if (vErrors === null) {
                  vErrors = [err138];
                } else {
                  vErrors.push(err138);
                }
                errors++;
              }
            }
            if (data73.keyEnv !== void 0) {
              let data77 = data73.keyEnv;
              if (typeof data77 === "string") {
                if (!pattern20.test(data77)) {
                  const err139 = { instancePath: instancePath + "/models/" + key16.replace(/~/g, "~0").replace(/\//g, "~1") + "/keyEnv", schemaPath: "#/properties/models/additionalProperties/properties/keyEnv/pattern", keyword: "pattern", params: { pattern: "^[A-Z_][A-Z0-9_]*$" }, message: 'must match pattern "^[A-Z_][A-Z0-9_]*$"', schema: "^[A-Z_][A-Z0-9_]*$", parentSchema: schema7.properties.models.additionalProperties.properties.keyEnv, data: data77 };
                  if (vErrors === null) {
                    vErrors = [err139];
                  } else {
                    vErrors.push(err139);
                  }
                  errors++;
                }
              } else {
                const err140 = { instancePath: instancePath + "/models/" + key16.replace(/~/g, "~0").replace(/\//g, "~1") + "/keyEnv", schemaPath: "#/properties/models/additionalProperties/properties/keyEnv/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema7.properties.models.additionalProperties.properties.keyEnv.type, parentSchema: schema7.properties.models.additionalProperties.properties.keyEnv, data: data77 };
                if (vErrors === null) {
                  vErrors = [err140];
                } else {
                  vErrors.push(err140);
                }
                errors++;
              }
            }
            if (data73.context !== void 0) {
              let data78 = data73.context;
              if (!(typeof data78 == "number" && (!(data78 % 1) && !isNaN(data78)) && isFinite(data78))) {
                const err141 = { instancePath: instancePath + "/models/" + key16.replace(/~/g, "~0").replace(/\//g, "~1") + "/context", schemaPath: "#/properties/models/additionalProperties/properties/context/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema7.properties.models.additionalProperties.properties.context.type, parentSchema: schema7.properties.models.additionalProperties.properties.context, data: data78 };
                if (vErrors === null) {
                  vErrors = [err141];
                } else {
                  vErrors.push(err141);
                }
                errors++;
              }
              if (typeof data78 == "number" && isFinite(data78)) {
                if (data78 > 1e7 || isNaN(data78)) {
                  const err142 = { instancePath: instancePath + "/models/" + key16.replace(/~/g, "~0").replace(/\//g, "~1") + "/context", schemaPath: "#/properties/models/additionalProperties/properties/context/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1e7 }, message: "must be <= 10000000", schema: 1e7, parentSchema: schema7.properties.models.additionalProperties.properties.context, data: data78 };
                  if (vErrors === null) {
                    vErrors = [err142];
                  } else {
                    vErrors.push(err142);
                  }
                  errors++;
                }
                if (data78 < 1024 || isNaN(data78)) {
                  const err143 = { instancePath: instancePath + "/models/" + key16.replace(/~/g, "~0").replace(/\//g, "~1") + "/context", schemaPath: "#/properties/models/additionalProperties/properties/context/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1024 }, message: "must be >= 1024", schema: 1024, parentSchema: schema7.properties.models.additionalProperties.properties.context, data: data78 };
                  if (vErrors === null) {
                    vErrors = [err143];
                  } else {
                    vErrors.push(err143);
                  }
                  errors++;
                }
              }
            }
            if (data73.temperature !== void 0) {
              let data79 = data73.temperature;
              if (typeof data79 == "number" && isFinite(data79)) {
                if (data79 > 2 || isNaN(data79)) {
                  const err144 = { instancePath: instancePath + "/models/" + key16.replace(/~/g, "~0").replace(/\//g, "~1") + "/temperature", schemaPath: "#/properties/models/additionalProperties/properties/temperature/maximum", keyword: "maximum", params: { comparison: "<=", limit: 2 }, message: "must be <= 2", schema: 2, parentSchema: schema7.properties.models.additionalProperties.properties.temperature, data: data79 };
                  if (vErrors === null) {
                    vErrors = [err144];
                  } else {
                    vErrors.push(err144);
                  }
                  errors++;
                }
                if (data79 < 0 || isNaN(data79)) {
                  const err145 = { instancePath: instancePath + "/models/" + key16.replace(/~/g, "~0").replace(/\//g, "~1") + "/temperature", schemaPath: "#/properties/models/additionalProperties/properties/temperature/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0", schema: 0, parentSchema: schema7.properties.models.additionalProperties.properties.temperature, data: data79 };
                  if (vErrors === null) {
                    vErrors = [err145];
                  } else {
                    vErrors.push(err145);
                  }
                  errors++;
                }
              } else {
                const err146 = { instancePath: instancePath + "/models/" + key16.replace(/~/g, "~0").replace(/\//g, "~1") + "/temperature", schemaPath: "#/properties/models/additionalProperties/properties/temperature/type", keyword: "type", params: { type: "number" }, message: "must be number", schema: schema7.properties.models.additionalProperties.properties.temperature.type, parentSchema: schema7.properties.models.additionalProperties.properties.temperature, data: data79 };
                if (vErrors === null) {
                  vErrors = [err146];
                } else {
                  vErrors.push(err146);
                }
                errors++;
              }
            }
            if (data73.seed !== void 0) {
              let data80 = data73.seed;
              if (!(typeof data80 == "number" && (!(data80 % 1) && !isNaN(data80)) && isFinite(data80))) {
                const err147 = { instancePath: instancePath + "/models/" + key16.replace(/~/g, "~0").replace(/\//g, "~1") + "/seed", schemaPath: "#/properties/models/additionalProperties/properties/seed/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema7.properties.models.additionalProperties.properties.seed.type, parentSchema: schema7.properties.models.additionalProperties.properties.seed, data: data80 };
                if (vErrors === null) {
                  vErrors = [err147];
                } else {
                  vErrors.push(err147);
                }
                errors++;
              }
              if (typeof data80 == "number" && isFinite(data80)) {
                if (data80 < 0 || isNaN(data80)) {
                  const err148 = { instancePath: instancePath + "/models/" + key16.replace(/~/g, "~0").replace(/\//g, "~1") + "/seed", schemaPath: "#/properties/models/additionalProperties/properties/seed/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0", schema: 0, parentSchema: schema7.properties.models.additionalProperties.properties.seed, data: data80 };
                  if (vErrors === null) {
                    vErrors = [err148];
                  } else {
                    vErrors.push(err148);
                  }
                  errors++;
                }
              }
            }
            if (data73.calls !== void 0) {
              let data81 = data73.calls;
              if (typeof data81 !== "string") {
                const err149 = { instancePath: instancePath + "/models/" + key16.replace(/~/g, "~0").replace(/\//g, "~1") + "/calls", schemaPath: "#/properties/models/additionalProperties/properties/calls/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema7.properties.models.additionalProperties.properties.calls.type, parentSchema: schema7.properties.models.additionalProperties.properties.calls, data: data81 };
                if (vErrors === null) {
                  vErrors = [err149];
                } else {
                  vErrors.push(err149);
                }
                errors++;
              }
              if (!(data81 === "auto" || data81 === "native" || data81 === "text")) {
                const err150 = { instancePath: instancePath + "/models/" + key16.replace(/~/g, "~0").replace(/\//g, "~1") + "/calls", schemaPath: "#/properties/models/additionalProperties/properties/calls/enum", keyword: "enum", params: { allowedValues: schema7.properties.models.additionalProperties.properties.calls.enum }, message: "must be equal to one of the allowed values", schema: schema7.properties.models.additionalProperties.properties.calls.enum, parentSchema: schema7.properties.models.additionalProperties.properties.calls, data: data81 };
                if (vErrors === null) {
                  vErrors = [err150];
                } else {
                  vErrors.push(err150);
                }
                errors++;
              }
            }
            if (data73.price !== void 0) {
              let data82 = data73.price;
              if (data82 && typeof data82 == "object" && !Array.isArray(data82)) {
                if (data82.input === void 0) {
                  const err151 = { instancePath: instancePath + "/models/" + key16.replace(/~/g, "~0").replace(/\//g, "~1") + "/price", schemaPath: "#/properties/models/additionalProperties/properties/price/required", keyword: "required", params: { missingProperty: "input" }, message: "must have required property 'input'", schema: schema7.properties.models.additionalProperties.properties.price.required, parentSchema: schema7.properties.models.additionalProperties.properties.price, data: data82 };
                  if (vErrors === null) {
                    vErrors = [err151];
                  } else {
                    vErrors.push(err151);
                  }
                  errors++;
                }
                if (data82.output === void 0) {
                  const err152 = { instancePath: instancePath + "/models/" + key16.replace(/~/g, "~0").replace(/\//g, "~1") + "/price", schemaPath: "#/properties/models/additionalProperties/properties/price/required", keyword: "required", params: { missingProperty: "output" }, message: "must have required property 'output'", schema: schema7.properties.models.additionalProperties.properties.price.required, parentSchema: schema7.properties.models.additionalProperties.properties.price, data: data82 };
                  if (vErrors === null) {
                    vErrors = [err152];
                  } else {
                    vErrors.push(err152);
                  }
                  errors++;
                }
                for (const key18 in data82) {
                  if (!(key18 === "input" || key18 === "output")) {
                    const err153 = { instancePath: instancePath + "/models/" + key16.replace(/~/g, "~0").replace(/\//g, "~1") + "/price", schemaPath: "#/properties/models/additionalProperties/properties/price/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key18 }, message: "must NOT have additional properties", schema: false, parentSchema: schema7.properties.models.additionalProperties.properties.price, data: data82 };
                    if (vErrors === null) {
                      vErrors = [err153];
                    } else {
                      vErrors.push(err153);
                    }
                    errors++;
                  }
                }
                if (data82.input !== void 0) {
                  let data83 = data82.input;
                  if (typeof data83 == "number" && isFinite(data83)) {
                    if (data83 < 0 || isNaN(data83)) {
                      const err154 = { instancePath: instancePath + "/models/" + key16.replace(/~/g, "~0").replace(/\//g, "~1") + "/price/input", schemaPath: "#/properties/models/additionalProperties/properties/price/properties/input/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0", schema: 0, parentSchema: schema7.properties.models.additionalProperties.properties.price.properties.input, data: data83 };
                      if (vErrors === null) {
                        vErrors = [err154];
                      } else {
                        vErrors.push(err154);
                      }
                      errors++;
                    }
                  } else {
                    const err155 = { instancePath: instancePath + "/models/" + key16.replace(/~/g, "~0").replace(/\//g, "~1") + "/price/input", schemaPath: "#/properties/models/additionalProperties/properties/price/properties/input/type", keyword: "type", params: { type: "number" }, message: "must be number", schema: schema7.properties.models.additionalProperties.properties.price.properties.input.type, parentSchema: schema7.properties.models.additionalProperties.properties.price.properties.input, data: data83 };
                    if (vErrors === null) {
                      vErrors = [err155];
                    } else {
                      vErrors.push(err155);
                    }
                    errors++;
                  }
                }
                if (data82.output !== void 0) {
                  let data84 = data82.output;
                  if (typeof data84 == "number" && isFinite(data84)) {
                    if (data84 < 0 || isNaN(data84)) {
                      const err156 = { instancePath: instancePath + "/models/" + key16.replace(/~/g, "~0").replace(/\//g, "~1") + "/price/output", schemaPath: "#/properties/models/additionalProperties/properties/price/properties/output/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0", schema: 0, parentSchema: schema7.properties.models.additionalProperties.properties.price.properties.output, data: data84 };
                      if (vErrors === null) {
                        vErrors = [err156];
                      } else {
                        vErrors.push(err156);
                      }
                      errors++;
                    }
                  } else {
                    const err157 = { instancePath: instancePath + "/models/" + key16.replace(/~/g, "~0").replace(/\//g, "~1") + "/price/output", schemaPath: "#/properties/models/additionalProperties/properties/price/properties/output/type", keyword: "type", params: { type: "number" }, message: "must be number", schema: schema7.properties.models.additionalProperties.properties.price.properties.output.type, parentSchema: schema7.properties.models.additionalProperties.properties.price.properties.output, data: data84 };
                    if (vErrors === null) {
                      vErrors = [err157];
                    } else {
                      vErrors.push(err157);
                    }
                    errors++;
                  }
                }
              } else {
                const err158 = { instancePath: instancePath + "/models/" + key16.replace(/~/g, "~0").replace(/\//g, "~1") + "/price", schemaPath: "#/properties/models/additionalProperties/properties/price/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema7.properties.models.additionalProperties.properties.price.type, parentSchema: schema7.properties.models.additionalProperties.properties.price, data: data82 };
                if (vErrors === null) {
                  vErrors = [err158];
                } else {
                  vErrors.push(err158);
                }
                errors++;
              }
            }
            if (data73.timeout !== void 0) {
              if (!validate26(data73.timeout, { instancePath: instancePath + "/models/" + key16.replace(/~/g, "~0").replace(/\//g, "~1") + "/timeout", parentData: data73, parentDataProperty: "timeout", rootData })) {
                vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
                errors = vErrors.length;
              }
            }
          } else {
            const err159 = { instancePath: instancePath + "/models/" + key16.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/models/additionalProperties/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema7.properties.models.additionalProperties.type, parentSchema: schema7.properties.models.additionalProperties, data: data73 };
            if (vErrors === null) {
              vErrors = [err159];
            } else {
              vErrors.push(err159);
            }
            errors++;
          }
        }
      } else {
        const err160 = { instancePath: instancePath + "/models", schemaPath: "#/properties/models/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema7.properties.models.type, parentSchema: schema7.properties.models, data: data72 };
        if (vErrors === null) {
          vErrors = [err160];
        } else {
          vErrors.push(err160);
        }
        errors++;
      }
    }
    if (data.triggers !== void 0) {
      let data86 = data.triggers;
      if (Array.isArray(data86)) {
        if (data86.length > 200) {
          const err161 = { instancePath: instancePath + "/triggers", schemaPath: "#/properties/triggers/maxItems", keyword: "maxItems", params: { limit: 200 }, message: "must NOT have more than 200 items", schema: 200, parentSchema: schema7.properties.triggers, data: data86 };
          if (vErrors === null) {
            vErrors = [err161];
          } else {
            vErrors.push(err161);
          }
          errors++;
        }
        const len6 = data86.length;
        for (let i9 = 0; i9 < len6; i9++) {
          let data87 = data86[i9];
          if (data87 && typeof data87 == "object" && !Array.isArray(data87)) {
            if (data87.id === void 0) {
              const err162 = { instancePath: instancePath + "/triggers/" + i9, schemaPath: "#/properties/triggers/items/required", keyword: "required", params: { missingProperty: "id" }, message: "must have required property 'id'", schema: schema7.properties.triggers.items.required, parentSchema: schema7.properties.triggers.items, data: data87 };
              if (vErrors === null) {
                vErrors = [err162];
              } else {
                vErrors.push(err162);
              }
              errors++;
            }
            if (data87.order === void 0) {
              const err163 = { instancePath: instancePath + "/triggers/" + i9, schemaPath: "#/properties/triggers/items/required", keyword: "required", params: { missingProperty: "order" }, message: "must have required property 'order'", schema: schema7.properties.triggers.items.required, parentSchema: schema7.properties.triggers.items, data: data87 };
              if (vErrors === null) {
                vErrors = [err163];
              } else {
                vErrors.push(err163);
              }
              errors++;
            }
            for (const key19 in data87) {
              if (!func2.call(schema7.properties.triggers.items.properties, key19)) {
                const err164 = { instancePath: instancePath + "/triggers/" + i9, schemaPath: "#/properties/triggers/items/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key19 }, message: "must NOT have additional properties", schema: false, parentSchema: schema7.properties.triggers.items, data: data87 };
                if (vErrors === null) {
                  vErrors = [err164];
                } else {
                  vErrors.push(err164);
                }
                errors++;
              }
            }
            if (data87.id !== void 0) {
              if (!validate48(data87.id, { instancePath: instancePath + "/triggers/" + i9 + "/id", parentData: data87, parentDataProperty: "id", rootData })) {
                vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
                errors = vErrors.length;
              }
            }
            if (data87.cron !== void 0) {
              let data89 = data87.cron;
              if (typeof data89 === "string") {
                if (func3(data89) > 200) {
                  const err165 = { instancePath: instancePath + "/triggers/" + i9 + "/cron", schemaPath: "#/properties/triggers/items/properties/cron/maxLength", keyword: "maxLength", params: { limit: 200 }, message: "must NOT have more than 200 characters", schema: 200, parentSchema: schema7.properties.triggers.items.properties.cron, data: data89 };
                  if (vErrors === null) {
                    vErrors = [err165];
                  } else {
                    vErrors.push(err165);
                  }
                  errors++;
                }
                if (func3(data89) < 1) {
                  const err166 = { instancePath: instancePath + "/triggers/" + i9 + "/cron", schemaPath: "#/properties/triggers/items/properties/cron/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema7.properties.triggers.items.properties.cron, data: data89 };
                  if (vErrors === null) {
                    vErrors = [err166];
                  } else {
                    vErrors.push(err166);
                  }
                  errors++;
                }
              } else {
                const err167 = { instancePath: instancePath + "/triggers/" + i9 + "/cron", schemaPath: "#/properties/triggers/items/properties/cron/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema7.properties.triggers.items.properties.cron.type, parentSchema: schema7.properties.triggers.items.properties.cron, data: data89 };
                if (vErrors === null) {
                  vErrors = [err167];
                } else {
                  vErrors.push(err167);
                }
                errors++;
              }
            }
            if (data87.timezone !== void 0) {
              let data90 = data87.timezone;
              if (typeof data90 === "string") {
                if (func3(data90) > 100) {
                  const err168 = { instancePath: instancePath + "/triggers/" + i9 + "/timezone", schemaPath: "#/properties/triggers/items/properties/timezone/maxLength", keyword: "maxLength", params: { limit: 100 }, message: "must NOT have more than 100 characters", schema: 100, parentSchema: schema7.properties.triggers.items.properties.timezone, data: data90 };
                  if (vErrors === null) {
                    vErrors = [err168];
                  } else {
                    vErrors.push(err168);
                  }
                  errors++;
                }
              } else {
                const err169 = { instancePath: instancePath + "/triggers/" + i9 + "/timezone", schemaPath: "#/properties/triggers/items/properties/timezone/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema7.properties.triggers.items.properties.timezone.type, parentSchema: schema7.properties.triggers.items.properties.timezone, data: data90 };
                if (vErrors === null) {
                  vErrors = [err169];
                } else {
                  vErrors.push(err169);
                }
                errors++;
              }
            }
            if (data87.missed !== void 0) {
              let data91 = data87.missed;
              if (typeof data91 !== "string") {
                const err170 = { instancePath: instancePath + "/triggers/" + i9 + "/missed", schemaPath: "#/properties/triggers/items/properties/missed/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema7.properties.triggers.items.properties.missed.type, parentSchema: schema7.properties.triggers.items.properties.missed, data: data91 };
                if (vErrors === null) {
                  vErrors = [err170];
                } else {
                  vErrors.push(err170);
                }
                errors++;
              }
              if (!(data91 === "latest" || data91 === "all" || data91 === "skip")) {
                const err171 = { instancePath: instancePath + "/triggers/" + i9 + "/missed", schemaPath: "#/properties/triggers/items/properties/missed/enum", keyword: "enum", params: { allowedValues: schema7.properties.triggers.items.properties.missed.enum }, message: "must be equal to one of the allowed values", schema: schema7.properties.triggers.items.properties.missed.enum, parentSchema: schema7.properties.triggers.items.properties.missed, data: data91 };
                if (vErrors === null) {
                  vErrors = [err171];
                } else {
                  vErrors.push(err171);
                }
                errors++;
              }
            }
            if (data87.jitter !== void 0) {
              if (!validate26(data87.jitter, { instancePath: instancePath + "/triggers/" + i9 + "/jitter", parentData: data87, parentDataProperty: "jitter", rootData })) {
                vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
                errors = vErrors.length;
              }
            }
            if (data87.deadline !== void 0) {
              if (!validate26(data87.deadline, { instancePath: instancePath + "/triggers/" + i9 + "/deadline", parentData: data87, parentDataProperty: "deadline", rootData })) {
                vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
                errors = vErrors.length;
              }
            }
            if (data87.branch !== void 0) {
              if (!validate23(data87.branch, { instancePath: instancePath + "/triggers/" + i9 + "/branch", parentData: data87, parentDataProperty: "branch", rootData })) {
                vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
                errors = vErrors.length;
              }
            }
            if (data87.paths !== void 0) {
              if (!validate69(data87.paths, { instancePath: instancePath + "/triggers/" + i9 + "/paths", parentData: data87, parentDataProperty: "paths", rootData })) {
                vErrors = vErrors === null ? validate69.errors : vErrors.concat(validate69.errors);
                errors = vErrors.length;
              }
            }
            if (data87.files !== void 0) {
              let data96 = data87.files;
              if (Array.isArray(data96)) {
                if (data96.length > 100) {
                  const err172 = { instancePath: instancePath + "/triggers/" + i9 + "/files", schemaPath: "#/properties/triggers/items/properties/files/maxItems", keyword: "maxItems", params: { limit: 100 }, message: "must NOT have more than 100 items", schema: 100, parentSchema: schema7.properties.triggers.items.properties.files, data: data96 };
                  if (vErrors === null) {
                    vErrors = [err172];
                  } else {
                    vErrors.push(err172);
                  }
                  errors++;
                }
                if (data96.length < 1) {
                  const err173 = { instancePath: instancePath + "/triggers/" + i9 + "/files", schemaPath: "#/properties/triggers/items/properties/files/minItems", keyword: "minItems", params: { limit: 1 }, message: "must NOT have fewer than 1 items", schema: 1, parentSchema: schema7.properties.triggers.items.properties.files, data: data96 };
                  if (vErrors === null) {
                    vErrors = [err173];
                  } else {
                    vErrors.push(err173);
                  }
                  errors++;
                }
                const len7 = data96.length;
                for (let i10 = 0; i10 < len7; i10++) {
                  if (!validate70(data96[i10], { instancePath: instancePath + "/triggers/" + i9 + "/files/" + i10, parentData: data96, parentDataProperty: i10, rootData })) {
                    vErrors = vErrors === null ? validate70.errors : vErrors.concat(validate70.errors);
                    errors = vErrors.length;
                  }
                }
              } else {
                const err174 = { instancePath: instancePath + "/triggers/" + i9 + "/files", schemaPath: "#/properties/triggers/items/properties/files/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema7.properties.triggers.items.properties.files.type, parentSchema: schema7.properties.triggers.items.properties.files, data: data96 };
                if (vErrors === null) {
                  vErrors = [err174];
                } else {
                  vErrors.push(err174);
                }
                errors++;
              }
            }
            if (data87.after !== void 0) {
              let data98 = data87.after;
              if (data98 && typeof data98 == "object" && !Array.isArray(data98)) {
                if (data98.formula === void 0) {
                  const err175 = { instancePath: instancePath + "/triggers/" + i9 + "/after", schemaPath: "#/properties/triggers/items/properties/after/required", keyword: "required", params: { missingProperty: "formula" }, message: "must have required property 'formula'", schema: schema7.properties.triggers.items.properties.after.required, parentSchema: schema7.properties.triggers.items.properties.after, data: data98 };
                  if (vErrors === null) {
                    vErrors = [err175];
                  } else {
                    vErrors.push(err175);
                  }
                  errors++;
                }
                for (const key20 in data98) {
                  if (!(key20 === "formula" || key20 === "on")) {
                    const err176 = { instancePath: instancePath + "/triggers/" + i9 + "/after", schemaPath: "#/properties/triggers/items/properties/after/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key20 }, message: "must NOT have additional properties", schema: false, parentSchema: schema7.properties.triggers.items.properties.after, data: data98 };
                    if (vErrors === null) {
                      vErrors = [err176];
                    } else {
                      vErrors.push(err176);
                    }
                    errors++;
                  }
                }
                if (data98.formula !== void 0) {
                  if (!validate48(data98.formula, { instancePath: instancePath + "/triggers/" + i9 + "/after/formula", parentData: data98, parentDataProperty: "formula", rootData })) {
                    vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
                    errors = vErrors.length;
                  }
                }
                if (data98.on !== void 0) {
                  let data100 = data98.on;
                  if (typeof data100 !== "string") {
                    const err177 = { instancePath: instancePath + "/triggers/" + i9 + "/after/on", schemaPath: "#/properties/triggers/items/properties/after/properties/on/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema7.properties.triggers.items.properties.after.properties.on.type, parentSchema: schema7.properties.triggers.items.properties.after.properties.on, data: data100 };
                    if (vErrors === null) {
                      vErrors = [err177];
                    } else {
                      vErrors.push(err177);
                    }
                    errors++;
                  }
                  if (!(data100 === "done" || data100 === "failed" || data100 === "cancelled")) {
                    const err178 = { instancePath: instancePath + "/triggers/" + i9 + "/after/on", schemaPath: "#/properties/triggers/items/properties/after/properties/on/enum", keyword: "enum", params: { allowedValues: schema7.properties.triggers.items.properties.after.properties.on.enum }, message: "must be equal to one of the allowed values", schema: schema7.properties.triggers.items.properties.after.properties.on.enum, parentSchema: schema7.properties.triggers.items.properties.after.properties.on, data: data100 };
                    if (vErrors === null) {
                      vErrors = [err178];
                    } else {
                      vErrors.push(err178);
                    }
                    errors++;
                  }
                }
              } else {
                const err179 = { instancePath: instancePath + "/triggers/" + i9 + "/after", schemaPath: "#/properties/triggers/items/properties/after/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema7.properties.triggers.items.properties.after.type, parentSchema: schema7.properties.triggers.items.properties.after, data: data98 };
                if (vErrors === null) {
                  vErrors = [err179];
                } else {
                  vErrors.push(err179);
                }
                errors++;
              }
            }
            if (data87.vault !== void 0) {
              let data101 = data87.vault;
              if (data101 && typeof data101 == "object" && !Array.isArray(data101)) {
                if (data101.on === void 0) {
                  const err180 = { instancePath: instancePath + "/triggers/" + i9 + "/vault", schemaPath: "#/properties/triggers/items/properties/vault/required", keyword: "required", params: { missingProperty: "on" }, message: "must have required property 'on'", schema: schema7.properties.triggers.items.properties.vault.required, parentSchema: schema7.properties.triggers.items.properties.vault, data: data101 };
                  if (vErrors === null) {
                    vErrors = [err180];
                  } else {
                    vErrors.push(err180);
                  }
                  errors++;
                }
                for (const key21 in data101) {
                  if (!(key21 === "on" || key21 === "kind")) {
                    const err181 = { instancePath: instancePath + "/triggers/" + i9 + "/vault", schemaPath: "#/properties/triggers/items/properties/vault/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key21 }, message: "must NOT have additional properties", schema: false, parentSchema: schema7.properties.triggers.items.properties.vault, data: data101 };
                    if (vErrors === null) {
                      vErrors = [err181];
                    } else {
                      vErrors.push(err181);
                    }
                    errors++;
                  }
                }
                if (data101.on !== void 0) {
                  let data102 = data101.on;
                  if (typeof data102 !== "string") {
                    const err182 = { instancePath: instancePath + "/triggers/" + i9 + "/vault/on", schemaPath: "#/properties/triggers/items/properties/vault/properties/on/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema7.properties.triggers.items.properties.vault.properties.on.type, parentSchema: schema7.properties.triggers.items.properties.vault.properties.on, data: data102 };
                    if (vErrors === null) {
                      vErrors = [err182];
                    } else {
                      vErrors.push(err182);
                    }
                    errors++;
                  }
                  if (!(data102 === "approved" || data102 === "rejected" || data102 === "expired")) {
                    const err183 = { instancePath: instancePath + "/triggers/" + i9 + "/vault/on", schemaPath: "#/properties/triggers/items/properties/vault/properties/on/enum", keyword: "enum", params: { allowedValues: schema7.properties.triggers.items.properties.vault.properties.on.enum }, message: "must be equal to one of the allowed values", schema: schema7.properties.triggers.items.properties.vault.properties.on.enum, parentSchema: schema7.properties.triggers.items.properties.vault.properties.on, data: data102 };
                    if (vErrors === null) {
                      vErrors = [err183];
                    } else {
                      vErrors.push(err183);
                    }
                    errors++;
                  }
                }
                if (data101.kind !== void 0) {
                  let data103 = data101.kind;
                  if (typeof data103 !== "string") {
                    const err184 = { instancePath: instancePath + "/triggers/" + i9 + "/vault/kind", schemaPath: "#/properties/triggers/items/properties/vault/properties/kind/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema7.properties.triggers.items.properties.vault.properties.kind.type, parentSchema: schema7.properties.triggers.items.properties.vault.properties.kind, data: data103 };
                    if (vErrors === null) {
                      vErrors = [err184];
                    } else {
                      vErrors.push(err184);
                    }
                    errors++;
                  }
                  if (!(data103 === "start" || data103 === "merge" || data103 === "step" || data103 === "budget" || data103 === "task" || data103 === "question")) {
                    const err185 = { instancePath: instancePath + "/triggers/" + i9 + "/vault/kind", schemaPath: "#/properties/triggers/items/properties/vault/properties/kind/enum", keyword: "enum", params: { allowedValues: schema7.properties.triggers.items.properties.vault.properties.kind.enum }, message: "must be equal to one of the allowed values", schema: schema7.properties.triggers.items.properties.vault.properties.kind.enum, parentSchema: schema7.properties.triggers.items.properties.vault.properties.kind, data: data103 };
                    if (vErrors === null) {
                      vErrors = [err185];
                    } else {
                      vErrors.push(err185);
                    }
                    errors++;
                  }
                }
              } else {
                const err186 = { instancePath: instancePath + "/triggers/" + i9 + "/vault", schemaPath: "#/properties/triggers/items/properties/vault/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema7.properties.triggers.items.properties.vault.type, parentSchema: schema7.properties.triggers.items.properties.vault, data: data101 };
                if (vErrors === null) {
                  vErrors = [err186];
                } else {
                  vErrors.push(err186);
                }
                errors++;
              }
            }
            if (data87.order !== void 0) {
              let data104 = data87.order;
              if (data104 && typeof data104 == "object" && !Array.isArray(data104)) {
                if (data104.formula === void 0) {
                  const err187 = { instancePath: instancePath + "/triggers/" + i9 + "/order", schemaPath: "#/properties/triggers/items/properties/order/required", keyword: "required", params: { missingProperty: "formula" }, message: "must have required property 'formula'", schema: schema7.properties.triggers.items.properties.order.required, parentSchema: schema7.properties.triggers.items.properties.order, data: data104 };
                  if (vErrors === null) {
                    vErrors = [err187];
                  } else {
                    vErrors.push(err187);
                  }
                  errors++;
                }
                for (const key22 in data104) {
                  if (!(key22 === "goal" || key22 === "formula" || key22 === "risk" || key22 === "priority" || key22 === "inputs" || key22 === "constraints" || key22 === "unblocks")) {
                    const err188 = { instancePath: instancePath + "/triggers/" + i9 + "/order", schemaPath: "#/properties/triggers/items/properties/order/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key22 }, message: "must NOT have additional properties", schema: false, parentSchema: schema7.properties.triggers.items.properties.order, data: data104 };
                    if (vErrors === null) {
                      vErrors = [err188];
                    } else {
                      vErrors.push(err188);
                    }
                    errors++;
                  }
                }
                if (data104.goal !== void 0) {
                  let data105 = data104.goal;
                  if (typeof data105 === "string") {
                    if (func3(data105) > 4e3) {
                      const err189 = { instancePath: instancePath + "/triggers/" + i9 + "/order/goal", schemaPath: "#/properties/triggers/items/properties/order/properties/goal/maxLength", keyword: "maxLength", params: { limit: 4e3 }, message: "must NOT have more than 4000 characters", schema: 4e3, parentSchema: schema7.properties.triggers.items.properties.order.properties.goal, data: data105 };
                      if (vErrors === null) {
                        vErrors = [err189];
                      } else {
                        vErrors.push(err189);
                      }
                      errors++;
                    }
                    if (func3(data105) < 1) {
                      const err190 = { instancePath: instancePath + "/triggers/" + i9 + "/order/goal", schemaPath: "#/properties/triggers/items/properties/order/properties/goal/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema7.properties.triggers.items.properties.order.properties.goal, data: data105 };
                      if (vErrors === null) {
                        vErrors = [err190];
                      } else {
                        vErrors.push(err190);
                      }
                      errors++;
                    }
                  } else {
                    const err191 = { instancePath: instancePath + "/triggers/" + i9 + "/order/goal", schemaPath: "#/properties/triggers/items/properties/order/properties/goal/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema7.properties.triggers.items.properties.order.properties.goal.type, parentSchema: schema7.properties.triggers.items.properties.order.properties.goal, data: data105 };
                    if (vErrors === null) {
                      vErrors = [err191];
                    } else {
                      vErrors.push(err191);
                    }
                    errors++;
                  }
                }
                if (data104.formula !== void 0) {
                  if (!validate48(data104.formula, { instancePath: instancePath + "/triggers/" + i9 + "/order/formula", parentData: data104, parentDataProperty: "formula", rootData })) {
                    vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
                    errors = vErrors.length;
                  }
                }
                if (data104.risk !== void 0) {
                  if (!validate57(data104.risk, { instancePath: instancePath + "/triggers/" + i9 + "/order/risk", parentData: data104, parentDataProperty: "risk", rootData })) {
                    vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
                    errors = vErrors.length;
                  }
                }
                if (data104.priority !== void 0) {
                  if (!validate77(data104.priority, { instancePath: instancePath + "/triggers/" + i9 + "/order/priority", parentData: data104, parentDataProperty: "priority", rootData })) {
                    vErrors = vErrors === null ? validate77.errors : vErrors.concat(validate77.errors);
                    errors = vErrors.length;
                  }
                }
                if (data104.inputs !== void 0) {
                  let data109 = data104.inputs;
                  if (!(data109 && typeof data109 == "object" && !Array.isArray(data109))) {
                    const err192 = { instancePath: instancePath + "/triggers/" + i9 + "/order/inputs", schemaPath: "#/properties/triggers/items/properties/order/properties/inputs/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema7.properties.triggers.items.properties.order.properties.inputs.type, parentSchema: schema7.properties.triggers.items.properties.order.properties.inputs, data: data109 };
                    if (vErrors === null) {
                      vErrors = [err192];
                    } else {
                      vErrors.push(err192);
                    }
                    errors++;
                  }
                }
                if (data104.constraints !== void 0) {
                  if (!validate79(data104.constraints, { instancePath: instancePath + "/triggers/" + i9 + "/order/constraints", parentData: data104, parentDataProperty: "constraints", rootData })) {
                    vErrors = vErrors === null ? validate79.errors : vErrors.concat(validate79.errors);
                    errors = vErrors.length;
                  }
                }
                if (data104.unblocks !== void 0) {
                  let data111 = data104.unblocks;
                  if (typeof data111 === "string") {
                    if (func3(data111) > 2e3) {
                      const err193 = { instancePath: instancePath + "/triggers/" + i9 + "/order/unblocks", schemaPath: "#/properties/triggers/items/properties/order/properties/unblocks/maxLength", keyword: "maxLength", params: { limit: 2e3 }, message: "must NOT have more than 2000 characters", schema: 2e3, parentSchema: schema7.properties.triggers.items.properties.order.properties.unblocks, data: data111 };
                      if (vErrors === null) {
                        vErrors = [err193];
                      } else {
                        vErrors.push(err193);
                      }
                      errors++;
                    }
                    if (func3(data111) < 1) {
                      const err194 = { instancePath: instancePath + "/triggers/" + i9 + "/order/unblocks", schemaPath: "#/properties/triggers/items/properties/order/properties/unblocks/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema7.properties.triggers.items.properties.order.properties.unblocks, data: data111 };
                      if (vErrors === null) {
                        vErrors = [err194];
                      } else {
                        vErrors.push(err194);
                      }
                      errors++;
                    }
                  } else {
                    const err195 = { instancePath: instancePath + "/triggers/" + i9 + "/order/unblocks", schemaPath: "#/properties/triggers/items/properties/order/properties/unblocks/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema7.properties.triggers.items.properties.order.properties.unblocks.type, parentSchema: schema7.properties.triggers.items.properties.order.properties.unblocks, data: data111 };
                    if (vErrors === null) {
                      vErrors = [err195];
                    } else {
                      vErrors.push(err195);
                    }
                    errors++;
                  }
                }
              } else {
                const err196 = { instancePath: instancePath + "/triggers/" + i9 + "/order", schemaPath: "#/properties/triggers/items/properties/order/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema7.properties.triggers.items.properties.order.type, parentSchema: schema7.properties.triggers.items.properties.order, data: data104 };
                if (vErrors === null) {
                  vErrors = [err196];
                } else {
                  vErrors.push(err196);
                }
                errors++;
              }
            }
          } else {
            const err197 = { instancePath: instancePath + "/triggers/" + i9, schemaPath: "#/properties/triggers/items/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema7.properties.triggers.items.type, parentSchema: schema7.properties.triggers.items, data: data87 };
            if (vErrors === null) {
              vErrors = [err197];
            } else {
              vErrors.push(err197);
            }
            errors++;
          }
        }
      } else {
        const err198 = { instancePath: instancePath + "/triggers", schemaPath: "#/properties/triggers/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema7.properties.triggers.type, parentSchema: schema7.properties.triggers, data: data86 };
        if (vErrors === null) {
          vErrors = [err198];
        } else {
          vErrors.push(err198);
        }
        errors++;
      }
    }
    if (data.secrets !== void 0) {
      let data112 = data.secrets;
      if (data112 && typeof data112 == "object" && !Array.isArray(data112)) {
        if (Object.keys(data112).length > 200) {
          const err199 = { instancePath: instancePath + "/secrets", schemaPath: "#/properties/secrets/maxProperties", keyword: "maxProperties", params: { limit: 200 }, message: "must NOT have more than 200 properties", schema: 200, parentSchema: schema7.properties.secrets, data: data112 };
          if (vErrors === null) {
            vErrors = [err199];
          } else {
            vErrors.push(err199);
          }
          errors++;
        }
        for (const key23 in data112) {
          const _errs217 = errors;
          if (!validate84(key23, { instancePath: instancePath + "/secrets", parentData: data112, parentDataProperty: "secrets", rootData })) {
            vErrors = vErrors === null ? validate84.errors : vErrors.concat(validate84.errors);
            errors = vErrors.length;
          }
          var valid43 = _errs217 === errors;
          if (!valid43) {
            const err200 = { instancePath: instancePath + "/secrets", schemaPath: "#/properties/secrets/propertyNames", keyword: "propertyNames", params: { propertyName: key23 }, message: "property name must be valid", schema: schema7.properties.secrets.propertyNames, parentSchema: schema7.properties.secrets, data: data112 };
            if (vErrors === null) {
              vErrors = [err200];
            } else {
              vErrors.push(err200);
            }
            errors++;
          }
        }
        for (const key24 in data112) {
          if (!validate54(data112[key24], { instancePath: instancePath + "/secrets/" + key24.replace(/~/g, "~0").replace(/\//g, "~1"), parentData: data112, parentDataProperty: key24, rootData })) {
            vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err201 = { instancePath: instancePath + "/secrets", schemaPath: "#/properties/secrets/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema7.properties.secrets.type, parentSchema: schema7.properties.secrets, data: data112 };
        if (vErrors === null) {
          vErrors = [err201];
        } else {
          vErrors.push(err201);
        }
        errors++;
      }
    }
    if (data.notify !== void 0) {
      let data114 = data.notify;
      if (Array.isArray(data114)) {
        if (data114.length > 50) {
          const err202 = { instancePath: instancePath + "/notify", schemaPath: "#/properties/notify/maxItems", keyword: "maxItems", params: { limit: 50 }, message: "must NOT have more than 50 items", schema: 50, parentSchema: schema7.properties.notify, data: data114 };
          if (vErrors === null) {
            vErrors = [err202];
          } else {
            vErrors.push(err202);
          }
          errors++;
        }
        const len8 = data114.length;
        for (let i11 = 0; i11 < len8; i11++) {
          let data115 = data114[i11];
          if (data115 && typeof data115 == "object" && !Array.isArray(data115)) {
            if (data115.command === void 0) {
              const err203 = { instancePath: instancePath + "/notify/" + i11, schemaPath: "#/properties/notify/items/required", keyword: "required", params: { missingProperty: "command" }, message: "must have required property 'command'", schema: schema7.properties.notify.items.required, parentSchema: schema7.properties.notify.items, data: data115 };
              if (vErrors === null) {
                vErrors = [err203];
              } else {
                vErrors.push(err203);
              }
              errors++;
            }
            if (data115.on === void 0) {
              const err204 = { instancePath: instancePath + "/notify/" + i11, schemaPath: "#/properties/notify/items/required", keyword: "required", params: { missingProperty: "on" }, message: "must have required property 'on'", schema: schema7.properties.notify.items.required, parentSchema: schema7.properties.notify.items, data: data115 };
              if (vErrors === null) {
                vErrors = [err204];
              } else {
                vErrors.push(err204);
              }
              errors++;
            }
            for (const key25 in data115) {
              if (!(key25 === "command" || key25 === "on")) {
                const err205 = { instancePath: instancePath + "/notify/" + i11, schemaPath: "#/properties/notify/items/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key25 }, message: "must NOT have additional properties", schema: false, parentSchema: schema7.properties.notify.items, data: data115 };
                if (vErrors === null) {
                  vErrors = [err205];
                } else {
                  vErrors.push(err205);
                }
                errors++;
              }
            }
            if (data115.command !== void 0) {
              let data116 = data115.command;
              if (Array.isArray(data116)) {
                if (data116.length < 1) {
                  const err206 = { instancePath: instancePath + "/notify/" + i11 + "/command", schemaPath: "#/properties/notify/items/properties/command/minItems", keyword: "minItems", params: { limit: 1 }, message: "must NOT have fewer than 1 items", schema: 1, parentSchema: schema7.properties.notify.items.properties.command, data: data116 };
                  if (vErrors === null) {
                    vErrors = [err206];
                  } else {
                    vErrors.push(err206);
                  }
                  errors++;
                }
                const len9 = data116.length;
                for (let i12 = 0; i12 < len9; i12++) {
                  let data117 = data116[i12];
                  if (typeof data117 !== "string") {
                    const err207 = { instancePath: instancePath + "/notify/" + i11 + "/command/" + i12, schemaPath: "#/properties/notify/items/properties/command/items/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema7.properties.notify.items.properties.command.items.type, parentSchema: schema7.properties.notify.items.properties.command.items, data: data117 };
                    if (vErrors === null) {
                      vErrors = [err207];
                    } else {
                      vErrors.push(err207);
                    }
                    errors++;
                  }
                }
              } else {
                const err208 = { instancePath: instancePath + "/notify/" + i11 + "/command", schemaPath: "#/properties/notify/items/properties/command/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema7.properties.notify.items.properties.command.type, parentSchema: schema7.properties.notify.items.properties.command, data: data116 };
                if (vErrors === null) {
                  vErrors = [err208];
                } else {
                  vErrors.push(err208);
                }
                errors++;
              }
            }
            if (data115.on !== void 0) {
              let data118 = data115.on;
              if (Array.isArray(data118)) {
                if (data118.length < 1) {
                  const err209 = { instancePath: instancePath + "/notify/" + i11 + "/on", schemaPath: "#/properties/notify/items/properties/on/minItems", keyword: "minItems", params: { limit: 1 }, message: "must NOT have fewer than 1 items", schema: 1, parentSchema: schema7.properties.notify.items.properties.on, data: data118 };
                  if (vErrors === null) {
                    vErrors = [err209];
                  } else {
                    vErrors.push(err209);
                  }
                  errors++;
                }
                const len10 = data118.length;
                for (let i13 = 0; i13 < len10; i13++) {
                  let data119 = data118[i13];
                  if (typeof data119 !== "string") {
                    const err210 = { instancePath: instancePath + "/notify/" + i11 + "/on/" + i13, schemaPath: "#/properties/notify/items/properties/on/items/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema7.properties.notify.items.properties.on.items.type, parentSchema: schema7.properties.notify.items.properties.on.items, data: data119 };
                    if (vErrors === null) {
                      vErrors = [err210];
                    } else {
                      vErrors.push(err210);
                    }
                    errors++;
                  }
                  if (!(data119 === "vault-pending" || data119 === "failed" || data119 === "done" || data119 === "rejected")) {
                    const err211 = { instancePath: instancePath + "/notify/" + i11 + "/on/" + i13, schemaPath: "#/properties/notify/items/properties/on/items/enum", keyword: "enum", params: { allowedValues: schema7.properties.notify.items.properties.on.items.enum }, message: "must be equal to one of the allowed values", schema: schema7.properties.notify.items.properties.on.items.enum, parentSchema: schema7.properties.notify.items.properties.on.items, data: data119 };
                    if (vErrors === null) {
                      vErrors = [err211];
                    } else {
                      vErrors.push(err211);
                    }
                    errors++;
                  }
                }
              } else {
                const err212 = { instancePath: instancePath + "/notify/" + i11 + "/on", schemaPath: "#/properties/notify/items/properties/on/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema7.properties.notify.items.properties.on.type, parentSchema: schema7.properties.notify.items.properties.on, data: data118 };
                if (vErrors === null) {
                  vErrors = [err212];
                } else {
                  vErrors.push(err212);
                }
                errors++;
              }
            }
          } else {
            const err213 = { instancePath: instancePath + "/notify/" + i11, schemaPath: "#/properties/notify/items/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema7.properties.notify.items.type, parentSchema: schema7.properties.notify.items, data: data115 };
            if (vErrors === null) {
              vErrors = [err213];
            } else {
              vErrors.push(err213);
            }
            errors++;
          }
        }
      } else {
        const err214 = { instancePath: instancePath + "/notify", schemaPath: "#/properties/notify/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema7.properties.notify.type, parentSchema: schema7.properties.notify, data: data114 };
        if (vErrors === null) {
          vErrors = [err214];
        } else {
          vErrors.push(err214);
        }
        errors++;
      }
    }
  } else {
    const err215 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema7.type, parentSchema: schema7, data };
    if (vErrors === null) {
      vErrors = [err215];
    } else {
      vErrors.push(err215);
    }
    errors++;
  }
  validate22.errors = vErrors;
  return errors === 0;
}
const formula = validate87;
const schema27 = { "title": "Formula", "description": "`formulas/*.yml`: the steps that an agent performs.", "type": "object", "additionalProperties": false, "required": ["formula", "version", "steps"], "properties": { "formula": { "$ref": "#/definitions/identifier" }, "version": { "title": "Version", "description": "The version of this format.", "const": 1 }, "description": { "title": "Description", "description": "What it does, in a sentence.", "type": "string", "maxLength": 2e3 }, "risk": { "$ref": "#/definitions/tier" }, "agent": { "$ref": "#/definitions/identifier" }, "inputs": { "title": "Inputs", "description": "JSON Schema properties; one without a `default` must be given.", "type": "object", "propertyNames": { "description": "Lower-case letters, digits, dashes and underscores, at most 40, starting with a letter.", "type": "string", "pattern": "^[a-z][a-z0-9_-]{0,39}$" }, "additionalProperties": { "type": "object" } }, "scope": { "$ref": "#/definitions/scope" }, "budget": { "title": "Budget", "description": "Bounds on one order.", "type": "object", "additionalProperties": false, "properties": { "time": { "$ref": "#/definitions/duration" }, "attempts": { "title": "Attempts", "description": "How many runs an order gets when runs fail.", "type": "integer", "minimum": 1, "maximum": 20, "default": 1 }, "tokens": { "title": "Tokens", "description": "The most model tokens that an order may use, over all its runs.", "type": "integer", "minimum": 1 }, "turns": { "title": "Turns", "description": "The most answers of models that an order may use, over all its runs.", "type": "integer", "minimum": 1 }, "cost": { "title": "Cost", "description": "The most that an order may cost, over all its runs, in US dollars by the prices under `models`.", "type": "number", "exclusiveMinimum": 0 } } }, "isolation": { "$ref": "#/definitions/isolation" }, "limits": { "$ref": "#/definitions/stepLimits" }, "base": { "title": "Base", "description": "What a run starts from. Default: the tip of the project's branch.", "type": "object", "additionalProperties": false, "required": ["merge"], "properties": { "merge": { "$ref": "#/definitions/cel" }, "mends": { "title": "Mends", "description": "The run is there to mend that branch: a `check` that fails on it as well is no excuse.", "type": "boolean", "default": false } } }, "concurrency": { "title": "Concurrency", "description": "Orders of one group run one at a time.", "type": "object", "additionalProperties": false, "required": ["group"], "properties": { "group": { "$ref": "#/definitions/identifier" }, "on-conflict": { "title": "On conflict", "description": "What a later order does while there is one already. `queue`: it waits for its turn. `replace`: those that wait are cancelled, and one that runs is left to end. `drop`: it is rejected as a duplicate.", "type": "string", "enum": ["queue", "replace", "drop"], "default": "queue" } } }, "steps": { "title": "Steps", "description": "The graph.", "type": "array", "minItems": 1, "maxItems": 200, "items": { "$ref": "#/definitions/step" } } } };
const schema28 = { "title": "Scope", "description": "What a step may change. A path must match `write` and must not match `never`.", "type": "object", "additionalProperties": false, "properties": { "write": { "$ref": "#/definitions/globs" }, "never": { "$ref": "#/definitions/globs" }, "conflicts": { "title": "Conflicts", "description": "Beside that, only files in which the merge of `base` conflicts.", "type": "boolean", "default": false } } };
function validate91(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!(key0 === "write" || key0 === "never" || key0 === "conflicts")) {
        const err0 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties", schema: false, parentSchema: schema28, data };
        if (vErrors === null) {
          vErrors = [err0];
        } else {
          vErrors.push(err0);
        }
        errors++;
      }
    }
    if (data.write !== void 0) {
      if (!validate69(data.write, { instancePath: instancePath + "/write", parentData: data, parentDataProperty: "write", rootData })) {
        vErrors = vErrors === null ? validate69.errors : vErrors.concat(validate69.errors);
        errors = vErrors.length;
      }
    }
    if (data.never !== void 0) {
      if (!validate69(data.never, { instancePath: instancePath + "/never", parentData: data, parentDataProperty: "never", rootData })) {
        vErrors = vErrors === null ? validate69.errors : vErrors.concat(validate69.errors);
        errors = vErrors.length;
      }
    }
    if (data.conflicts !== void 0) {
      let data2 = data.conflicts;
      if (typeof data2 !== "boolean") {
        const err1 = { instancePath: instancePath + "/conflicts", schemaPath: "#/properties/conflicts/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean", schema: schema28.properties.conflicts.type, parentSchema: schema28.properties.conflicts, data: data2 };
        if (vErrors === null) {
          vErrors = [err1];
        } else {
          vErrors.push(err1);
        }
        errors++;
      }
    }
  } else {
    const err2 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema28.type, parentSchema: schema28, data };
    if (vErrors === null) {
      vErrors = [err2];
    } else {
      vErrors.push(err2);
    }
    errors++;
  }
  validate91.errors = vErrors;
  return errors === 0;
}
const schema29 = { "title": "Step limits", "description": "What a step may use, where that is less than `sandbox` in `pushpals.yml` gives. The least of all that say something holds.", "type": "object", "additionalProperties": false, "properties": { "cpus": { "$ref": "#/definitions/cpus" }, "memory": { "$ref": "#/definitions/size" }, "pids": { "$ref": "#/definitions/pids" }, "disk": { "$ref": "#/definitions/size" }, "files": { "$ref": "#/definitions/fileCount" }, "output": { "$ref": "#/definitions/size" } } };
function validate97(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!(key0 === "cpus" || key0 === "memory" || key0 === "pids" || key0 === "disk" || key0 === "files" || key0 === "output")) {
        const err0 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties", schema: false, parentSchema: schema29, data };
        if (vErrors === null) {
          vErrors = [err0];
        } else {
          vErrors.push(err0);
        }
        errors++;
      }
    }
    if (data.cpus !== void 0) {
      if (!validate38(data.cpus, { instancePath: instancePath + "/cpus", parentData: data, parentDataProperty: "cpus", rootData })) {
        vErrors = vErrors === null ? validate38.errors : vErrors.concat(validate38.errors);
        errors = vErrors.length;
      }
    }
    if (data.memory !== void 0) {
      if (!validate32(data.memory, { instancePath: instancePath + "/memory", parentData: data, parentDataProperty: "memory", rootData })) {
        vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
        errors = vErrors.length;
      }
    }
    if (data.pids !== void 0) {
      if (!validate41(data.pids, { instancePath: instancePath + "/pids", parentData: data, parentDataProperty: "pids", rootData })) {
        vErrors = vErrors === null ? validate41.errors : vErrors.concat(validate41.errors);
        errors = vErrors.length;
      }
    }
    if (data.disk !== void 0) {
      if (!validate32(data.disk, { instancePath: instancePath + "/disk", parentData: data, parentDataProperty: "disk", rootData })) {
        vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
        errors = vErrors.length;
      }
    }
    if (data.files !== void 0) {
      if (!validate44(data.files, { instancePath: instancePath + "/files", parentData: data, parentDataProperty: "files", rootData })) {
        vErrors = vErrors === null ? validate44.errors : vErrors.concat(validate44.errors);
        errors = vErrors.length;
      }
    }
    if (data.output !== void 0) {
      if (!validate32(data.output, { instancePath: instancePath + "/output", parentData: data, parentDataProperty: "output", rootData })) {
        vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
        errors = vErrors.length;
      }
    }
  } else {
    const err1 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema29.type, parentSchema: schema29, data };
    if (vErrors === null) {
      vErrors = [err1];
    } else {
      vErrors.push(err1);
    }
    errors++;
  }
  validate97.errors = vErrors;
  return errors === 0;
}
const schema30 = { "title": "CEL expression", "description": "A condition in the Common Expression Language.", "type": "string", "minLength": 1, "maxLength": 2e3 };
function validate105(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (typeof data === "string") {
    if (func3(data) > 2e3) {
      const err0 = { instancePath, schemaPath: "#/maxLength", keyword: "maxLength", params: { limit: 2e3 }, message: "must NOT have more than 2000 characters", schema: 2e3, parentSchema: schema30, data };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (func3(data) < 1) {
      const err1 = { instancePath, schemaPath: "#/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema30, data };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
  } else {
    const err2 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema30.type, parentSchema: schema30, data };
    if (vErrors === null) {
      vErrors = [err2];
    } else {
      vErrors.push(err2);
    }
    errors++;
  }
  validate105.errors = vErrors;
  return errors === 0;
}
const schema31 = { "title": "Step", "description": "One node of a formula's graph: exactly one of `run`, `check`, `diagnose`, `agent`, `review`, `revert`, `approve`, `task`, `orders`, `ship`.", "type": "object", "additionalProperties": false, "required": ["id"], "properties": { "id": { "title": "Step id", "description": "Its name within the formula.", "type": "string", "pattern": "^[a-z][a-z0-9-]{0,39}$" }, "run": { "$ref": "#/definitions/command" }, "check": { "$ref": "#/definitions/command" }, "expect": { "title": "Expect", "description": "What a `check` must end with.", "type": "string", "enum": ["success", "failure"], "default": "success" }, "diagnose": { "$ref": "#/definitions/command" }, "runs": { "$ref": "#/definitions/cel" }, "agent": { "title": "Agent", "description": "Instructions for an agent, which works on the tree with its tools.", "type": "string", "minLength": 1, "maxLength": 65536 }, "review": { "title": "Review", "description": "What another agent is to look for in the change so far. It reads the tree, the diff, the order and what checks came to, writes nothing, and answers with findings.", "type": "string", "minLength": 1, "maxLength": 65536 }, "by": { "$ref": "#/definitions/identifier" }, "fix": { "title": "Fix", "description": "The `agent` step that mends what a `review` finds: it starts again from what was reviewed, with the findings before it, and so does everything after it up to the review.", "type": "string", "pattern": "^[a-z][a-z0-9-]{0,39}$" }, "rounds": { "title": "Rounds", "description": "How often a `review` may send the run back to `fix`. What blocks after that is up to people.", "type": "integer", "minimum": 0, "maximum": 5, "default": 2 }, "blocks": { "title": "Blocks", "description": "The least severity of a finding that holds the change up.", "type": "string", "enum": ["high", "medium", "low"], "default": "medium" }, "returns": { "title": "Returns", "description": "A JSON Schema of what an `agent` step must answer with; the answer is the step's outputs.", "type": "object" }, "revert": { "$ref": "#/definitions/cel" }, "approve": { "title": "Approve", "description": "A question that an approver must say yes to before the run goes on.", "type": "string", "minLength": 1, "maxLength": 4e3 }, "task": { "title": "Task", "description": "What a person is asked to do outside; the run goes on with what they report, in the step's output `answer`. `{{ order.goal }}`, `{{ order.outside }}`, `{{ inputs.<name> }}` and `{{ steps.<id>.outputs.<name> }}` are filled in as text.", "type": "string", "minLength": 1, "maxLength": 4e3 }, "orders": { "$ref": "#/definitions/cel" }, "await": { "title": "Await", "description": "The run waits until all orders that this `orders` step filed have ended, without taking up a slot. One that does not end as done fails the step, unless it says `continue-on-failure`. Its output `orders` says of each its `id`, `state`, `outcome`, `branch`, `commit` and `evidence`.", "type": "boolean", "default": false }, "ship": { "title": "Ship", "description": "Puts the result on the branch `pushpals/<order>`.", "type": "object", "additionalProperties": false, "properties": { "title": { "title": "Title", "description": "The commit's subject. `{{ order.goal }}`, `{{ order.id }}`, `{{ inputs.<name> }}` and `{{ steps.<id>.outputs.<name> }}` are filled in as text.", "type": "string", "minLength": 1, "maxLength": 500 }, "body": { "title": "Body", "description": "The commit's body, filled in the same way.", "type": "string", "maxLength": 2e4 } } }, "needs": { "title": "Needs", "description": "Steps that must end first.", "type": "array", "items": { "type": "string" }, "maxItems": 100 }, "when": { "$ref": "#/definitions/cel" }, "matrix": { "title": "Matrix", "description": "Runs the step once for each combination; the values are in `MATRIX_<NAME>`.", "type": "object", "minProperties": 1, "maxProperties": 5, "propertyNames": { "description": "Lower-case letters, digits and underscores, at most 40, starting with a letter.", "type": "string", "pattern": "^[a-z][a-z0-9_]{0,39}$" }, "additionalProperties": { "type": "array", "minItems": 1, "maxItems": 50, "items": { "description": "Text, a number, or `true` or `false`.", "anyOf": [{ "type": "string", "maxLength": 500 }, { "type": "number" }, { "type": "boolean" }] } } }, "timeout": { "$ref": "#/definitions/duration" }, "retry": { "title": "Retry", "description": "Tries the step again when it fails.", "type": "object", "additionalProperties": false, "required": ["attempts"], "properties": { "attempts": { "title": "Attempts", "description": "How often at the most, the first included.", "type": "integer", "minimum": 1, "maximum": 10 }, "backoff": { "$ref": "#/definitions/duration" } } }, "isolation": { "$ref": "#/definitions/isolation" }, "limits": { "$ref": "#/definitions/stepLimits" }, "env": { "$ref": "#/definitions/environment" }, "secrets": { "$ref": "#/definitions/stepSecrets" }, "cache": { "title": "Cache", "description": "Folders of the step's home that outlive the run. Steps that can run what an agent wrote find them read-only, and never fill them.", "anyOf": [{ "$ref": "#/definitions/cache" }, { "type": "array", "minItems": 1, "maxItems": 10, "items": { "$ref": "#/definitions/cache" } }] }, "build": { "$ref": "#/definitions/imageBuild" }, "image": { "title": "Image", "description": "Another container image for this step.", "type": "string", "minLength": 1, "maxLength": 400, "pattern": "^[a-z0-9][A-Za-z0-9._:/@-]*$" }, "network": { "title": "Step network", "description": "What this step may reach; no more than the policy allows. `allowed`: whatever the policy allows, and nothing where that is `none`.", "anyOf": [{ "$ref": "#/definitions/network" }, { "type": "string", "enum": ["allowed"] }] }, "outputs": { "title": "Outputs", "description": "A JSON Schema that the step's `outputs.json` must match.", "type": "object" }, "scope": { "$ref": "#/definitions/scope" }, "if-agent": { "$ref": "#/definitions/identifier" }, "continue-on-failure": { "title": "Continue on failure", "description": "The run goes on, and can succeed, though this step failed. Of a step that awaits orders: though some of them did not end as done.", "type": "boolean", "default": false } } };
const pattern26 = new RegExp("^[a-z][a-z0-9_]{0,39}$", "u");
const schema32 = { "title": "Command", "description": "A shell command, or the name of one of the project's `commands`.", "anyOf": [{ "type": "string", "minLength": 1, "maxLength": 65536 }, { "type": "object", "additionalProperties": false, "required": ["command"], "properties": { "command": { "title": "Command name", "description": "A key of the project's `commands`.", "type": "string", "minLength": 1 }, "otherwise": { "title": "Otherwise", "description": "A shell command that runs where the project has no command of that name.", "type": "string", "minLength": 1, "maxLength": 65536 } } }] };
function validate109(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  const _errs0 = errors;
  let valid0 = false;
  const _errs1 = errors;
  if (typeof data === "string") {
    if (func3(data) > 65536) {
      const err0 = { instancePath, schemaPath: "#/anyOf/0/maxLength", keyword: "maxLength", params: { limit: 65536 }, message: "must NOT have more than 65536 characters", schema: 65536, parentSchema: schema32.anyOf[0], data };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (func3(data) < 1) {
      const err1 = { instancePath, schemaPath: "#/anyOf/0/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema32.anyOf[0], data };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
  } else {
    const err2 = { instancePath, schemaPath: "#/anyOf/0/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema32.anyOf[0].type, parentSchema: schema32.anyOf[0], data };
    if (vErrors === null) {
      vErrors = [err2];
    } else {
      vErrors.push(err2);
    }
    errors++;
  }
  var _valid0 = _errs1 === errors;
  valid0 = valid0 || _valid0;
  if (!valid0) {
    const _errs3 = errors;
    if (data && typeof data == "object" && !Array.isArray(data)) {
      if (data.command === void 0) {
        const err3 = { instancePath, schemaPath: "#/anyOf/1/required", keyword: "required", params: { missingProperty: "command" }, message: "must have required property 'command'", schema: schema32.anyOf[1].required, parentSchema: schema32.anyOf[1], data };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
      for (const key0 in data) {
        if (!(key0 === "command" || key0 === "otherwise")) {
          const err4 = { instancePath, schemaPath: "#/anyOf/1/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties", schema: false, parentSchema: schema32.anyOf[1], data };
          if (vErrors === null) {
            vErrors = [err4];
          } else {
            vErrors.push(err4);
          }
          errors++;
        }
      }
      if (data.command !== void 0) {
        let data0 = data.command;
        if (typeof data0 === "string") {
          if (func3(data0) < 1) {
            const err5 = { instancePath: instancePath + "/command", schemaPath: "#/anyOf/1/properties/command/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema32.anyOf[1].properties.command, data: data0 };
            if (vErrors === null) {
              vErrors = [err5];
            } else {
              vErrors.push(err5);
            }
            errors++;
          }
        } else {
          const err6 = { instancePath: instancePath + "/command", schemaPath: "#/anyOf/1/properties/command/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema32.anyOf[1].properties.command.type, parentSchema: schema32.anyOf[1].properties.command, data: data0 };
          if (vErrors === null) {
            vErrors = [err6];
          } else {
            vErrors.push(err6);
          }
          errors++;
        }
      }
      if (data.otherwise !== void 0) {
        let data1 = data.otherwise;
        if (typeof data1 === "string") {
          if (func3(data1) > 65536) {
            const err7 = { instancePath: instancePath + "/otherwise", schemaPath: "#/anyOf/1/properties/otherwise/maxLength", keyword: "maxLength", params: { limit: 65536 }, message: "must NOT have more than 65536 characters", schema: 65536, parentSchema: schema32.anyOf[1].properties.otherwise, data: data1 };
            if (vErrors === null) {
              vErrors = [err7];
            } else {
              vErrors.push(err7);
            }
            errors++;
          }
          if (func3(data1) < 1) {
            const err8 = { instancePath: instancePath + "/otherwise", schemaPath: "#/anyOf/1/properties/otherwise/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema32.anyOf[1].properties.otherwise, data: data1 };
            if (vErrors === null) {
              vErrors = [err8];
            } else {
              vErrors.push(err8);
            }
            errors++;
          }
        } else {
          const err9 = { instancePath: instancePath + "/otherwise", schemaPath: "#/anyOf/1/properties/otherwise/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema32.anyOf[1].properties.otherwise.type, parentSchema: schema32.anyOf[1].properties.otherwise, data: data1 };
          if (vErrors === null) {
            vErrors = [err9];
          } else {
            vErrors.push(err9);
          }
          errors++;
        }
      }
    } else {
      const err10 = { instancePath, schemaPath: "#/anyOf/1/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema32.anyOf[1].type, parentSchema: schema32.anyOf[1], data };
      if (vErrors === null) {
        vErrors = [err10];
      } else {
        vErrors.push(err10);
      }
      errors++;
    }
    var _valid0 = _errs3 === errors;
    valid0 = valid0 || _valid0;
  }
  if (!valid0) {
    const err11 = { instancePath, schemaPath: "#/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf", schema: schema32.anyOf, parentSchema: schema32, data };
    if (vErrors === null) {
      vErrors = [err11];
    } else {
      vErrors.push(err11);
    }
    errors++;
  } else {
    errors = _errs0;
    if (vErrors !== null) {
      if (_errs0) {
        vErrors.length = _errs0;
      } else {
        vErrors = null;
      }
    }
  }
  validate109.errors = vErrors;
  return errors === 0;
}
const schema33 = { "title": "Environment", "description": "Environment variables; values are text.", "type": "object", "propertyNames": { "description": "A variable's name: letters, digits and underscores, not starting with a digit.", "type": "string", "pattern": "^[A-Za-z_][A-Za-z0-9_]{0,99}$" }, "additionalProperties": { "type": "string", "maxLength": 32768 } };
const pattern27 = new RegExp("^[A-Za-z_][A-Za-z0-9_]{0,99}$", "u");
function validate122(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      const _errs1 = errors;
      if (typeof key0 === "string") {
        if (!pattern27.test(key0)) {
          const err0 = { instancePath, schemaPath: "#/propertyNames/pattern", keyword: "pattern", params: { pattern: "^[A-Za-z_][A-Za-z0-9_]{0,99}$" }, message: 'must match pattern "^[A-Za-z_][A-Za-z0-9_]{0,99}$"', schema: "^[A-Za-z_][A-Za-z0-9_]{0,99}$", parentSchema: schema33.propertyNames, data: key0, propertyName: key0 };
          if (vErrors === null) {
            vErrors = [err0];
          } else {
            vErrors.push(err0);
          }
          errors++;
        }
      } else {
        const err1 = { instancePath, schemaPath: "#/propertyNames/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema33.propertyNames.type, parentSchema: schema33.propertyNames, data: key0, propertyName: key0 };
        if (vErrors === null) {
          vErrors = [err1];
        } else {
          vErrors.push(err1);
        }
        errors++;
      }
      var valid0 = _errs1 === errors;
      if (!valid0) {
        const err2 = { instancePath, schemaPath: "#/propertyNames", keyword: "propertyNames", params: { propertyName: key0 }, message: "property name must be valid", schema: schema33.propertyNames, parentSchema: schema33, data };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
    }
    for (const key1 in data) {
      let data0 = data[key1];
      if (typeof data0 === "string") {
        if (func3(data0) > 32768) {
          const err3 = { instancePath: instancePath + "/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/additionalProperties/maxLength", keyword: "maxLength", params: { limit: 32768 }, message: "must NOT have more than 32768 characters", schema: 32768, parentSchema: schema33.additionalProperties, data: data0 };
          if (vErrors === null) {
            vErrors = [err3];
          } else {
            vErrors.push(err3);
          }
          errors++;
        }
      } else {
        const err4 = { instancePath: instancePath + "/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/additionalProperties/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema33.additionalProperties.type, parentSchema: schema33.additionalProperties, data: data0 };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
    }
  } else {
    const err5 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema33.type, parentSchema: schema33, data };
    if (vErrors === null) {
      vErrors = [err5];
    } else {
      vErrors.push(err5);
    }
    errors++;
  }
  validate122.errors = vErrors;
  return errors === 0;
}
const schema34 = { "title": "Secrets of a step", "description": "Secrets by name, or by name with how they are handed over.", "type": "array", "maxItems": 20, "items": { "title": "Secret of a step", "description": "A secret's name, or a name with how it is handed over.", "anyOf": [{ "$ref": "#/definitions/secretName" }, { "type": "object", "additionalProperties": false, "required": ["name"], "properties": { "name": { "$ref": "#/definitions/secretName" }, "as": { "title": "As", "description": "`env`: the variable `NAME` holds the value. `file`: the variable `NAME_FILE` names a file that does.", "type": "string", "enum": ["env", "file"], "default": "env" } } }] } };
function validate124(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (Array.isArray(data)) {
    if (data.length > 20) {
      const err0 = { instancePath, schemaPath: "#/maxItems", keyword: "maxItems", params: { limit: 20 }, message: "must NOT have more than 20 items", schema: 20, parentSchema: schema34, data };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    const len0 = data.length;
    for (let i0 = 0; i0 < len0; i0++) {
      let data0 = data[i0];
      const _errs2 = errors;
      let valid2 = false;
      const _errs3 = errors;
      if (!validate84(data0, { instancePath: instancePath + "/" + i0, parentData: data, parentDataProperty: i0, rootData })) {
        vErrors = vErrors === null ? validate84.errors : vErrors.concat(validate84.errors);
        errors = vErrors.length;
      }
      var _valid0 = _errs3 === errors;
      valid2 = valid2 || _valid0;
      if (!valid2) {
        const _errs4 = errors;
        if (data0 && typeof data0 == "object" && !Array.isArray(data0)) {
          if (data0.name === void 0) {
            const err1 = { instancePath: instancePath + "/" + i0, schemaPath: "#/items/anyOf/1/required", keyword: "required", params: { missingProperty: "name" }, message: "must have required property 'name'", schema: schema34.items.anyOf[1].required, parentSchema: schema34.items.anyOf[1], data: data0 };
            if (vErrors === null) {
              vErrors = [err1];
            } else {
              vErrors.push(err1);
            }
            errors++;
          }
          for (const key0 in data0) {
            if (!(key0 === "name" || key0 === "as")) {
              const err2 = { instancePath: instancePath + "/" + i0, schemaPath: "#/items/anyOf/1/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties", schema: false, parentSchema: schema34.items.anyOf[1], data: data0 };
              if (vErrors === null) {
                vErrors = [err2];
              } else {
                vErrors.push(err2);
              }
              errors++;
            }
          }
          if (data0.name !== void 0) {
            if (!validate84(data0.name, { instancePath: instancePath + "/" + i0 + "/name", parentData: data0, parentDataProperty: "name", rootData })) {
              vErrors = vErrors === null ? validate84.errors : vErrors.concat(validate84.errors);
              errors = vErrors.length;
            }
          }
          if (data0.as !== void 0) {
            let data2 = data0.as;
            if (typeof data2 !== "string") {
              const err3 = { instancePath: instancePath + "/" + i0 + "/as", schemaPath: "#/items/anyOf/1/properties/as/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema34.items.anyOf[1].properties.as.type, parentSchema: schema34.items.anyOf[1].properties.as, data: data2 };
              if (vErrors === null) {
                vErrors = [err3];
              } else {
                vErrors.push(err3);
              }
              errors++;
            }
            if (!(data2 === "env" || data2 === "file")) {
              const err4 = { instancePath: instancePath + "/" + i0 + "/as", schemaPath: "#/items/anyOf/1/properties/as/enum", keyword: "enum", params: { allowedValues: schema34.items.anyOf[1].properties.as.enum }, message: "must be equal to one of the allowed values", schema: schema34.items.anyOf[1].properties.as.enum, parentSchema: schema34.items.anyOf[1].properties.as, data: data2 };
              if (vErrors === null) {
                vErrors = [err4];
              } else {
                vErrors.push(err4);
              }
              errors++;
            }
          }
        } else {
          const err5 = { instancePath: instancePath + "/" + i0, schemaPath: "#/items/anyOf/1/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema34.items.anyOf[1].type, parentSchema: schema34.items.anyOf[1], data: data0 };
          if (vErrors === null) {
            vErrors = [err5];
          } else {
            vErrors.push(err5);
          }
          errors++;
        }
        var _valid0 = _errs4 === errors;
        valid2 = valid2 || _valid0;
      }
      if (!valid2) {
        const err6 = { instancePath: instancePath + "/" + i0, schemaPath: "#/items/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf", schema: schema34.items.anyOf, parentSchema: schema34.items, data: data0 };
        if (vErrors === null) {
          vErrors = [err6];
        } else {
          vErrors.push(err6);
        }
        errors++;
      } else {
        errors = _errs2;
        if (vErrors !== null) {
          if (_errs2) {
            vErrors.length = _errs2;
          } else {
            vErrors = null;
          }
        }
      }
    }
  } else {
    const err7 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema34.type, parentSchema: schema34, data };
    if (vErrors === null) {
      vErrors = [err7];
    } else {
      vErrors.push(err7);
    }
    errors++;
  }
  validate124.errors = vErrors;
  return errors === 0;
}
const schema35 = { "title": "Step cache", "description": "A folder that outlives the run, for as long as the files that it depends on stay the same.", "type": "object", "additionalProperties": false, "required": ["path", "key"], "properties": { "path": { "title": "Path", "description": "A folder of the step's home, such as `~/.npm`.", "type": "string", "maxLength": 200, "pattern": "^~(/(?!\\.{1,2}(/|$))[A-Za-z0-9._-]+)+$" }, "key": { "title": "Key", "description": "Files of the project that its content depends on, such as `package-lock.json`.", "anyOf": [{ "$ref": "#/definitions/cacheKey" }, { "type": "array", "minItems": 1, "maxItems": 20, "items": { "$ref": "#/definitions/cacheKey" } }] } } };
const pattern28 = new RegExp("^~(/(?!\\.{1,2}(/|$))[A-Za-z0-9._-]+)+$", "u");
const schema36 = { "title": "Cache key", "description": "A file or folder of the project.", "type": "string", "maxLength": 400, "pattern": "^(?!/)(?!(?:.*/)?\\.{1,2}(?:/|$))[^\\u0000-\\u001f]+[^/\\u0000-\\u001f]$|^[^/.\\u0000-\\u001f]$" };
const pattern29 = new RegExp("^(?!/)(?!(?:.*/)?\\.{1,2}(?:/|$))[^\\u0000-\\u001f]+[^/\\u0000-\\u001f]$|^[^/.\\u0000-\\u001f]$", "u");
function validate129(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (typeof data === "string") {
    if (func3(data) > 400) {
      const err0 = { instancePath, schemaPath: "#/maxLength", keyword: "maxLength", params: { limit: 400 }, message: "must NOT have more than 400 characters", schema: 400, parentSchema: schema36, data };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (!pattern29.test(data)) {
      const err1 = { instancePath, schemaPath: "#/pattern", keyword: "pattern", params: { pattern: "^(?!/)(?!(?:.*/)?\\.{1,2}(?:/|$))[^\\u0000-\\u001f]+[^/\\u0000-\\u001f]$|^[^/.\\u0000-\\u001f]$" }, message: 'must match pattern "^(?!/)(?!(?:.*/)?\\.{1,2}(?:/|$))[^\\u0000-\\u001f]+[^/\\u0000-\\u001f]$|^[^/.\\u0000-\\u001f]$"', schema: "^(?!/)(?!(?:.*/)?\\.{1,2}(?:/|$))[^\\u0000-\\u001f]+[^/\\u0000-\\u001f]$|^[^/.\\u0000-\\u001f]$", parentSchema: schema36, data };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
  } else {
    const err2 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema36.type, parentSchema: schema36, data };
    if (vErrors === null) {
      vErrors = [err2];
    } else {
      vErrors.push(err2);
    }
    errors++;
  }
  validate129.errors = vErrors;
  return errors === 0;
}
function validate128(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.path === void 0) {
      const err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "path" }, message: "must have required property 'path'", schema: schema35.required, parentSchema: schema35, data };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (data.key === void 0) {
      const err1 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "key" }, message: "must have required property 'key'", schema: schema35.required, parentSchema: schema35, data };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    for (const key0 in data) {
      if (!(key0 === "path" || key0 === "key")) {
        const err2 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties", schema: false, parentSchema: schema35, data };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
    }
    if (data.path !== void 0) {
      let data0 = data.path;
      if (typeof data0 === "string") {
        if (func3(data0) > 200) {
          const err3 = { instancePath: instancePath + "/path", schemaPath: "#/properties/path/maxLength", keyword: "maxLength", params: { limit: 200 }, message: "must NOT have more than 200 characters", schema: 200, parentSchema: schema35.properties.path, data: data0 };
          if (vErrors === null) {
            vErrors = [err3];
          } else {
            vErrors.push(err3);
          }
          errors++;
        }
        if (!pattern28.test(data0)) {
          const err4 = { instancePath: instancePath + "/path", schemaPath: "#/properties/path/pattern", keyword: "pattern", params: { pattern: "^~(/(?!\\.{1,2}(/|$))[A-Za-z0-9._-]+)+$" }, message: 'must match pattern "^~(/(?!\\.{1,2}(/|$))[A-Za-z0-9._-]+)+$"', schema: "^~(/(?!\\.{1,2}(/|$))[A-Za-z0-9._-]+)+$", parentSchema: schema35.properties.path, data: data0 };
          if (vErrors === null) {
            vErrors = [err4];
          } else {
            vErrors.push(err4);
          }
          errors++;
        }
      } else {
        const err5 = { instancePath: instancePath + "/path", schemaPath: "#/properties/path/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema35.properties.path.type, parentSchema: schema35.properties.path, data: data0 };
        if (vErrors === null) {
          vErrors = [err5];
        } else {
          vErrors.push(err5);
        }
        errors++;
      }
    }
    if (data.key !== void 0) {
      let data1 = data.key;
      const _errs5 = errors;
      let valid1 = false;
      const _errs6 = errors;
      if (!validate129(data1, { instancePath: instancePath + "/key", parentData: data, parentDataProperty: "key", rootData })) {
        vErrors = vErrors === null ? validate129.errors : vErrors.concat(validate129.errors);
        errors = vErrors.length;
      }
      var _valid0 = _errs6 === errors;
      valid1 = valid1 || _valid0;
      if (!valid1) {
        const _errs7 = errors;
        if (Array.isArray(data1)) {
          if (data1.length > 20) {
            const err6 = { instancePath: instancePath + "/key", schemaPath: "#/properties/key/anyOf/1/maxItems", keyword: "maxItems", params: { limit: 20 }, message: "must NOT have more than 20 items", schema: 20, parentSchema: schema35.properties.key.anyOf[1], data: data1 };
            if (vErrors === null) {
              vErrors = [err6];
            } else {
              vErrors.push(err6);
            }
            errors++;
          }
          if (data1.length < 1) {
            const err7 = { instancePath: instancePath + "/key", schemaPath: "#/properties/key/anyOf/1/minItems", keyword: "minItems", params: { limit: 1 }, message: "must NOT have fewer than 1 items", schema: 1, parentSchema: schema35.properties.key.anyOf[1], data: data1 };
            if (vErrors === null) {
              vErrors = [err7];
            } else {
              vErrors.push(err7);
            }
            errors++;
          }
          const len0 = data1.length;
          for (let i0 = 0; i0 < len0; i0++) {
            if (!validate129(data1[i0], { instancePath: instancePath + "/key/" + i0, parentData: data1, parentDataProperty: i0, rootData })) {
              vErrors = vErrors === null ? validate129.errors : vErrors.concat(validate129.errors);
              errors = vErrors.length;
            }
          }
        } else {
          const err8 = { instancePath: instancePath + "/key", schemaPath: "#/properties/key/anyOf/1/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema35.properties.key.anyOf[1].type, parentSchema: schema35.properties.key.anyOf[1], data: data1 };
          if (vErrors === null) {
            vErrors = [err8];
          } else {
            vErrors.push(err8);
          }
          errors++;
        }
        var _valid0 = _errs7 === errors;
        valid1 = valid1 || _valid0;
      }
      if (!valid1) {
        const err9 = { instancePath: instancePath + "/key", schemaPath: "#/properties/key/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf", schema: schema35.properties.key.anyOf, parentSchema: schema35.properties.key, data: data1 };
        if (vErrors === null) {
          vErrors = [err9];
        } else {
          vErrors.push(err9);
        }
        errors++;
      } else {
        errors = _errs5;
        if (vErrors !== null) {
          if (_errs5) {
            vErrors.length = _errs5;
          } else {
            vErrors = null;
          }
        }
      }
    }
  } else {
    const err10 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema35.type, parentSchema: schema35, data };
    if (vErrors === null) {
      vErrors = [err10];
    } else {
      vErrors.push(err10);
    }
    errors++;
  }
  validate128.errors = vErrors;
  return errors === 0;
}
function validate108(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.id === void 0) {
      const err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "id" }, message: "must have required property 'id'", schema: schema31.required, parentSchema: schema31, data };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    for (const key0 in data) {
      if (!func2.call(schema31.properties, key0)) {
        const err1 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties", schema: false, parentSchema: schema31, data };
        if (vErrors === null) {
          vErrors = [err1];
        } else {
          vErrors.push(err1);
        }
        errors++;
      }
    }
    if (data.id !== void 0) {
      let data0 = data.id;
      if (typeof data0 === "string") {
        if (!pattern9.test(data0)) {
          const err2 = { instancePath: instancePath + "/id", schemaPath: "#/properties/id/pattern", keyword: "pattern", params: { pattern: "^[a-z][a-z0-9-]{0,39}$" }, message: 'must match pattern "^[a-z][a-z0-9-]{0,39}$"', schema: "^[a-z][a-z0-9-]{0,39}$", parentSchema: schema31.properties.id, data: data0 };
          if (vErrors === null) {
            vErrors = [err2];
          } else {
            vErrors.push(err2);
          }
          errors++;
        }
      } else {
        const err3 = { instancePath: instancePath + "/id", schemaPath: "#/properties/id/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema31.properties.id.type, parentSchema: schema31.properties.id, data: data0 };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
    }
    if (data.run !== void 0) {
      if (!validate109(data.run, { instancePath: instancePath + "/run", parentData: data, parentDataProperty: "run", rootData })) {
        vErrors = vErrors === null ? validate109.errors : vErrors.concat(validate109.errors);
        errors = vErrors.length;
      }
    }
    if (data.check !== void 0) {
      if (!validate109(data.check, { instancePath: instancePath + "/check", parentData: data, parentDataProperty: "check", rootData })) {
        vErrors = vErrors === null ? validate109.errors : vErrors.concat(validate109.errors);
        errors = vErrors.length;
      }
    }
    if (data.expect !== void 0) {
      let data3 = data.expect;
      if (typeof data3 !== "string") {
        const err4 = { instancePath: instancePath + "/expect", schemaPath: "#/properties/expect/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema31.properties.expect.type, parentSchema: schema31.properties.expect, data: data3 };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
      if (!(data3 === "success" || data3 === "failure")) {
        const err5 = { instancePath: instancePath + "/expect", schemaPath: "#/properties/expect/enum", keyword: "enum", params: { allowedValues: schema31.properties.expect.enum }, message: "must be equal to one of the allowed values", schema: schema31.properties.expect.enum, parentSchema: schema31.properties.expect, data: data3 };
        if (vErrors === null) {
          vErrors = [err5];
        } else {
          vErrors.push(err5);
        }
        errors++;
      }
    }
    if (data.diagnose !== void 0) {
      if (!validate109(data.diagnose, { instancePath: instancePath + "/diagnose", parentData: data, parentDataProperty: "diagnose", rootData })) {
        vErrors = vErrors === null ? validate109.errors : vErrors.concat(validate109.errors);
        errors = vErrors.length;
      }
    }
    if (data.runs !== void 0) {
      if (!validate105(data.runs, { instancePath: instancePath + "/runs", parentData: data, parentDataProperty: "runs", rootData })) {
        vErrors = vErrors === null ? validate105.errors : vErrors.concat(validate105.errors);
        errors = vErrors.length;
      }
    }
    if (data.agent !== void 0) {
      let data6 = data.agent;
      if (typeof data6 === "string") {
        if (func3(data6) > 65536) {
          const err6 = { instancePath: instancePath + "/agent", schemaPath: "#/properties/agent/maxLength", keyword: "maxLength", params: { limit: 65536 }, message: "must NOT have more than 65536 characters", schema: 65536, parentSchema: schema31.properties.agent, data: data6 };
          if (vErrors === null) {
            vErrors = [err6];
          } else {
            vErrors.push(err6);
          }
          errors++;
        }
        if (func3(data6) < 1) {
          const err7 = { instancePath: instancePath + "/agent", schemaPath: "#/properties/agent/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema31.properties.agent, data: data6 };
          if (vErrors === null) {
            vErrors = [err7];
          } else {
            vErrors.push(err7);
          }
          errors++;
        }
      } else {
        const err8 = { instancePath: instancePath + "/agent", schemaPath: "#/properties/agent/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema31.properties.agent.type, parentSchema: schema31.properties.agent, data: data6 };
        if (vErrors === null) {
          vErrors = [err8];
        } else {
          vErrors.push(err8);
        }
        errors++;
      }
    }
    if (data.review !== void 0) {
      let data7 = data.review;
      if (typeof data7 === "string") {
        if (func3(data7) > 65536) {
          const err9 = { instancePath: instancePath + "/review", schemaPath: "#/properties/review/maxLength", keyword: "maxLength", params: { limit: 65536 }, message: "must NOT have more than 65536 characters", schema: 65536, parentSchema: schema31.properties.review, data: data7 };
          if (vErrors === null) {
            vErrors = [err9];
          } else {
            vErrors.push(err9);
          }
          errors++;
        }
        if (func3(data7) < 1) {
          const err10 = { instancePath: instancePath + "/review", schemaPath: "#/properties/review/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema31.properties.review, data: data7 };
          if (vErrors === null) {
            vErrors = [err10];
          } else {
            vErrors.push(err10);
          }
          errors++;
        }
      } else {
        const err11 = { instancePath: instancePath + "/review", schemaPath: "#/properties/review/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema31.properties.review.type, parentSchema: schema31.properties.review, data: data7 };
        if (vErrors === null) {
          vErrors = [err11];
        } else {
          vErrors.push(err11);
        }
        errors++;
      }
    }
    if (data.by !== void 0) {
      if (!validate48(data.by, { instancePath: instancePath + "/by", parentData: data, parentDataProperty: "by", rootData })) {
        vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
        errors = vErrors.length;
      }
    }
    if (data.fix !== void 0) {
      let data9 = data.fix;
      if (typeof data9 === "string") {
        if (!pattern9.test(data9)) {
          const err12 = { instancePath: instancePath + "/fix", schemaPath: "#/properties/fix/pattern", keyword: "pattern", params: { pattern: "^[a-z][a-z0-9-]{0,39}$" }, message: 'must match pattern "^[a-z][a-z0-9-]{0,39}$"', schema: "^[a-z][a-z0-9-]{0,39}$", parentSchema: schema31.properties.fix, data: data9 };
          if (vErrors === null) {
            vErrors = [err12];
          } else {
            vErrors.push(err12);
          }
          errors++;
        }
      } else {
        const err13 = { instancePath: instancePath + "/fix", schemaPath: "#/properties/fix/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema31.properties.fix.type, parentSchema: schema31.properties.fix, data: data9 };
        if (vErrors === null) {
          vErrors = [err13];
        } else {
          vErrors.push(err13);
        }
        errors++;
      }
    }
    if (data.rounds !== void 0) {
      let data10 = data.rounds;
      if (!(typeof data10 == "number" && (!(data10 % 1) && !isNaN(data10)) && isFinite(data10))) {
        const err14 = { instancePath: instancePath + "/rounds", schemaPath: "#/properties/rounds/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema31.properties.rounds.type, parentSchema: schema31.properties.rounds, data: data10 };
        if (vErrors === null) {
          vErrors = [err14];
        } else {
          vErrors.push(err14);
        }
        errors++;
      }
      if (typeof data10 == "number" && isFinite(data10)) {
        if (data10 > 5 || isNaN(data10)) {
          const err15 = { instancePath: instancePath + "/rounds", schemaPath: "#/properties/rounds/maximum", keyword: "maximum", params: { comparison: "<=", limit: 5 }, message: "must be <= 5", schema: 5, parentSchema: schema31.properties.rounds, data: data10 };
          if (vErrors === null) {
            vErrors = [err15];
          } else {
            vErrors.push(err15);
          }
          errors++;
        }
        if (data10 < 0 || isNaN(data10)) {
          const err16 = { instancePath: instancePath + "/rounds", schemaPath: "#/properties/rounds/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0", schema: 0, parentSchema: schema31.properties.rounds, data: data10 };
          if (vErrors === null) {
            vErrors = [err16];
          } else {
            vErrors.push(err16);
          }
          errors++;
        }
      }
    }
    if (data.blocks !== void 0) {
      let data11 = data.blocks;
      if (typeof data11 !== "string") {
        const err17 = { instancePath: instancePath + "/blocks", schemaPath: "#/properties/blocks/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema31.properties.blocks.type, parentSchema: schema31.properties.blocks, data: data11 };
        if (vErrors === null) {
          vErrors = [err17];
        } else {
          vErrors.push(err17);
        }
        errors++;
      }
      if (!(data11 === "high" || data11 === "medium" || data11 === "low")) {
        const err18 = { instancePath: instancePath + "/blocks", schemaPath: "#/properties/blocks/enum", keyword: "enum", params: { allowedValues: schema31.properties.blocks.enum }, message: "must be equal to one of the allowed values", schema: schema31.properties.blocks.enum, parentSchema: schema31.properties.blocks, data: data11 };
        if (vErrors === null) {
          vErrors = [err18];
        } else {
          vErrors.push(err18);
        }
        errors++;
      }
    }
    if (data.returns !== void 0) {
      let data12 = data.returns;
      if (!(data12 && typeof data12 == "object" && !Array.isArray(data12))) {
        const err19 = { instancePath: instancePath + "/returns", schemaPath: "#/properties/returns/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema31.properties.returns.type, parentSchema: schema31.properties.returns, data: data12 };
        if (vErrors === null) {
          vErrors = [err19];
        } else {
          vErrors.push(err19);
        }
        errors++;
      }
    }
    if (data.revert !== void 0) {
      if (!validate105(data.revert, { instancePath: instancePath + "/revert", parentData: data, parentDataProperty: "revert", rootData })) {
        vErrors = vErrors === null ? validate105.errors : vErrors.concat(validate105.errors);
        errors = vErrors.length;
      }
    }
    if (data.approve !== void 0) {
      let data14 = data.approve;
      if (typeof data14 === "string") {
        if (func3(data14) > 4e3) {
          const err20 = { instancePath: instancePath + "/approve", schemaPath: "#/properties/approve/maxLength", keyword: "maxLength", params: { limit: 4e3 }, message: "must NOT have more than 4000 characters", schema: 4e3, parentSchema: schema31.properties.approve, data: data14 };
          if (vErrors === null) {
            vErrors = [err20];
          } else {
            vErrors.push(err20);
          }
          errors++;
        }
        if (func3(data14) < 1) {
          const err21 = { instancePath: instancePath + "/approve", schemaPath: "#/properties/approve/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema31.properties.approve, data: data14 };
          if (vErrors === null) {
            vErrors = [err21];
          } else {
            vErrors.push(err21);
          }
          errors++;
        }
      } else {
        const err22 = { instancePath: instancePath + "/approve", schemaPath: "#/properties/approve/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema31.properties.approve.type, parentSchema: schema31.properties.approve, data: data14 };
        if (vErrors === null) {
          vErrors = [err22];
        } else {
          vErrors.push(err22);
        }
        errors++;
      }
    }
    if (data.task !== void 0) {
      let data15 = data.task;
      if (typeof data15 === "string") {
        if (func3(data15) > 4e3) {
          const err23 = { instancePath: instancePath + "/task", schemaPath: "#/properties/task/maxLength", keyword: "maxLength", params: { limit: 4e3 }, message: "must NOT have more than 4000 characters", schema: 4e3, parentSchema: schema31.properties.task, data: data15 };
          if (vErrors === null) {
            vErrors = [err23];
          } else {
            vErrors.push(err23);
          }
          errors++;
        }
        if (func3(data15) < 1) {
          const err24 = { instancePath: instancePath + "/task", schemaPath: "#/properties/task/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema31.properties.task, data: data15 };
          if (vErrors === null) {
            vErrors = [err24];
          } else {
            vErrors.push(err24);
          }
          errors++;
        }
      } else {
        const err25 = { instancePath: instancePath + "/task", schemaPath: "#/properties/task/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema31.properties.task.type, parentSchema: schema31.properties.task, data: data15 };
        if (vErrors === null) {
          vErrors = [err25];
        } else {
          vErrors.push(err25);
        }
        errors++;
      }
    }
    if (data.orders !== void 0) {
      if (!validate105(data.orders, { instancePath: instancePath + "/orders", parentData: data, parentDataProperty: "orders", rootData })) {
        vErrors = vErrors === null ? validate105.errors : vErrors.concat(validate105.errors);
        errors = vErrors.length;
      }
    }
    if (data.await !== void 0) {
      let data17 = data.await;
      if (typeof data17 !== "boolean") {
        const err26 = { instancePath: instancePath + "/await", schemaPath: "#/properties/await/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean", schema: schema31.properties.await.type, parentSchema: schema31.properties.await, data: data17 };
        if (vErrors === null) {
          vErrors = [err26];
        } else {
          vErrors.push(err26);
        }
        errors++;
      }
    }
    if (data.ship !== void 0) {
      let data18 = data.ship;
      if (data18 && typeof data18 == "object" && !Array.isArray(data18)) {
        for (const key1 in data18) {
          if (!(key1 === "title" || key1 === "body")) {
            const err27 = { instancePath: instancePath + "/ship", schemaPath: "#/properties/ship/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key1 }, message: "must NOT have additional properties", schema: false, parentSchema: schema31.properties.ship, data: data18 };
            if (vErrors === null) {
              vErrors = [err27];
            } else {
              vErrors.push(err27);
            }
            errors++;
          }
        }
        if (data18.title !== void 0) {
          let data19 = data18.title;
          if (typeof data19 === "string") {
            if (func3(data19) > 500) {
              const err28 = { instancePath: instancePath + "/ship/title", schemaPath: "#/properties/ship/properties/title/maxLength", keyword: "maxLength", params: { limit: 500 }, message: "must NOT have more than 500 characters", schema: 500, parentSchema: schema31.properties.ship.properties.title, data: data19 };
              if (vErrors === null) {
                vErrors = [err28];
              } else {
                vErrors.push(err28);
              }
              errors++;
            }
            if (func3(data19) < 1) {
              const err29 = { instancePath: instancePath + "/ship/title", schemaPath: "#/properties/ship/properties/title/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema31.properties.ship.properties.title, data: data19 };
              if (vErrors === null) {
                vErrors = [err29];
              } else {
                vErrors.push(err29);
              }
              errors++;
            }
          } else {
            const err30 = { instancePath: instancePath + "/ship/title", schemaPath: "#/properties/ship/properties/title/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema31.properties.ship.properties.title.type, parentSchema: schema31.properties.ship.properties.title, data: data19 };
            if (vErrors === null) {
              vErrors = [err30];
            } else {
              vErrors.push(err30);
            }
            errors++;
          }
        }
        if (data18.body !== void 0) {
          let data20 = data18.body;
          if (typeof data20 === "string") {
            if (func3(data20) > 2e4) {
              const err31 = { instancePath: instancePath + "/ship/body", schemaPath: "#/properties/ship/properties/body/maxLength", keyword: "maxLength", params: { limit: 2e4 }, message: "must NOT have more than 20000 characters", schema: 2e4, parentSchema: schema31.properties.ship.properties.body, data: data20 };
              if (vErrors === null) {
                vErrors = [err31];
              } else {
                vErrors.push(err31);
              }
              errors++;
            }
          } else {
            const err32 = { instancePath: instancePath + "/ship/body", schemaPath: "#/properties/ship/properties/body/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema31.properties.ship.properties.body.type, parentSchema: schema31.properties.ship.properties.body, data: data20 };
            if (vErrors === null) {
              vErrors = [err32];
            } else {
              vErrors.push(err32);
            }
            errors++;
          }
        }
      } else {
        const err33 = { instancePath: instancePath + "/ship", schemaPath: "#/properties/ship/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema31.properties.ship.type, parentSchema: schema31.properties.ship, data: data18 };
        if (vErrors === null) {
          vErrors = [err33];
        } else {
          vErrors.push(err33);
        }
        errors++;
      }
    }
    if (data.needs !== void 0) {
      let data21 = data.needs;
      if (Array.isArray(data21)) {
        if (data21.length > 100) {
          const err34 = { instancePath: instancePath + "/needs", schemaPath: "#/properties/needs/maxItems", keyword: "maxItems", params: { limit: 100 }, message: "must NOT have more than 100 items", schema: 100, parentSchema: schema31.properties.needs, data: data21 };
          if (vErrors === null) {
            vErrors = [err34];
          } else {
            vErrors.push(err34);
          }
          errors++;
        }
        const len0 = data21.length;
        for (let i0 = 0; i0 < len0; i0++) {
          let data22 = data21[i0];
          if (typeof data22 !== "string") {
            const err35 = { instancePath: instancePath + "/needs/" + i0, schemaPath: "#/properties/needs/items/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema31.properties.needs.items.type, parentSchema: schema31.properties.needs.items, data: data22 };
            if (vErrors === null) {
              vErrors = [err35];
            } else {
              vErrors.push(err35);
            }
            errors++;
          }
        }
      } else {
        const err36 = { instancePath: instancePath + "/needs", schemaPath: "#/properties/needs/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema31.properties.needs.type, parentSchema: schema31.properties.needs, data: data21 };
        if (vErrors === null) {
          vErrors = [err36];
        } else {
          vErrors.push(err36);
        }
        errors++;
      }
    }
    if (data.when !== void 0) {
      if (!validate105(data.when, { instancePath: instancePath + "/when", parentData: data, parentDataProperty: "when", rootData })) {
        vErrors = vErrors === null ? validate105.errors : vErrors.concat(validate105.errors);
        errors = vErrors.length;
      }
    }
    if (data.matrix !== void 0) {
      let data24 = data.matrix;
      if (data24 && typeof data24 == "object" && !Array.isArray(data24)) {
        if (Object.keys(data24).length > 5) {
          const err37 = { instancePath: instancePath + "/matrix", schemaPath: "#/properties/matrix/maxProperties", keyword: "maxProperties", params: { limit: 5 }, message: "must NOT have more than 5 properties", schema: 5, parentSchema: schema31.properties.matrix, data: data24 };
          if (vErrors === null) {
            vErrors = [err37];
          } else {
            vErrors.push(err37);
          }
          errors++;
        }
        if (Object.keys(data24).length < 1) {
          const err38 = { instancePath: instancePath + "/matrix", schemaPath: "#/properties/matrix/minProperties", keyword: "minProperties", params: { limit: 1 }, message: "must NOT have fewer than 1 properties", schema: 1, parentSchema: schema31.properties.matrix, data: data24 };
          if (vErrors === null) {
            vErrors = [err38];
          } else {
            vErrors.push(err38);
          }
          errors++;
        }
        for (const key2 in data24) {
          const _errs45 = errors;
          if (typeof key2 === "string") {
            if (!pattern26.test(key2)) {
              const err39 = { instancePath: instancePath + "/matrix", schemaPath: "#/properties/matrix/propertyNames/pattern", keyword: "pattern", params: { pattern: "^[a-z][a-z0-9_]{0,39}$" }, message: 'must match pattern "^[a-z][a-z0-9_]{0,39}$"', schema: "^[a-z][a-z0-9_]{0,39}$", parentSchema: schema31.properties.matrix.propertyNames, data: key2, propertyName: key2 };
              if (vErrors === null) {
                vErrors = [err39];
              } else {
                vErrors.push(err39);
              }
              errors++;
            }
          } else {
            const err40 = { instancePath: instancePath + "/matrix", schemaPath: "#/properties/matrix/propertyNames/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema31.properties.matrix.propertyNames.type, parentSchema: schema31.properties.matrix.propertyNames, data: key2, propertyName: key2 };
            if (vErrors === null) {
              vErrors = [err40];
            } else {
              vErrors.push(err40);
            }
            errors++;
          }
          var valid4 = _errs45 === errors;
          if (!valid4) {
            const err41 = { instancePath: instancePath + "/matrix", schemaPath: "#/properties/matrix/propertyNames", keyword: "propertyNames", params: { propertyName: key2 }, message: "property name must be valid", schema: schema31.properties.matrix.propertyNames, parentSchema: schema31.properties.matrix, data: data24 };
            if (vErrors === null) {
              vErrors = [err41];
            } else {
              vErrors.push(err41);
            }
            errors++;
          }
        }
        for (const key3 in data24) {
          let data25 = data24[key3];
          if (Array.isArray(data25)) {
            if (data25.length > 50) {
              const err42 = { instancePath: instancePath + "/matrix/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/matrix/additionalProperties/maxItems", keyword: "maxItems", params: { limit: 50 }, message: "must NOT have more than 50 items", schema: 50, parentSchema: schema31.properties.matrix.additionalProperties, data: data25 };
              if (vErrors === null) {
                vErrors = [err42];
              } else {
                vErrors.push(err42);
              }
              errors++;
            }
            if (data25.length < 1) {
              const err43 = { instancePath: instancePath + "/matrix/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/matrix/additionalProperties/minItems", keyword: "minItems", params: { limit: 1 }, message: "must NOT have fewer than 1 items", schema: 1, parentSchema: schema31.properties.matrix.additionalProperties, data: data25 };
              if (vErrors === null) {
                vErrors = [err43];
              } else {
                vErrors.push(err43);
              }
              errors++;
            }
            const len1 = data25.length;
            for (let i1 = 0; i1 < len1; i1++) {
              let data26 = data25[i1];
              const _errs51 = errors;
              let valid8 = false;
              const _errs52 = errors;
              if (typeof data26 === "string") {
                if (func3(data26) > 500) {
                  const err44 = { instancePath: instancePath + "/matrix/" + key3.replace(/~/g, "~0").replace(/\//g, "~1") + "/" + i1, schemaPath: "#/properties/matrix/additionalProperties/items/anyOf/0/maxLength", keyword: "maxLength", params: { limit: 500 }, message: "must NOT have more than 500 characters", schema: 500, parentSchema: schema31.properties.matrix.additionalProperties.items.anyOf[0], data: data26 };
                  if (vErrors === null) {
                    vErrors = [err44];
                  } else {
                    vErrors.push(err44);
                  }
                  errors++;
                }
              } else {
                const err45 = { instancePath: instancePath + "/matrix/" + key3.replace(/~/g, "~0").replace(/\//g, "~1") + "/" + i1, schemaPath: "#/properties/matrix/additionalProperties/items/anyOf/0/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema31.properties.matrix.additionalProperties.items.anyOf[0].type, parentSchema: schema31.properties.matrix.additionalProperties.items.anyOf[0], data: data26 };
                if (vErrors === null) {
                  vErrors = [err45];
                } else {
                  vErrors.push(err45);
                }
                errors++;
              }
              var _valid0 = _errs52 === errors;
              valid8 = valid8 || _valid0;
              if (!valid8) {
                const _errs54 = errors;
                if (!(typeof data26 == "number" && isFinite(data26))) {
                  const err46 = { instancePath: instancePath + "/matrix/" + key3.replace(/~/g, "~0").replace(/\//g, "~1") + "/" + i1, schemaPath: "#/properties/matrix/additionalProperties/items/anyOf/1/type", keyword: "type", params: { type: "number" }, message: "must be number", schema: schema31.properties.matrix.additionalProperties.items.anyOf[1].type, parentSchema: schema31.properties.matrix.additionalProperties.items.anyOf[1], data: data26 };
                  if (vErrors === null) {
                    vErrors = [err46];
                  } else {
                    vErrors.push(err46);
                  }
                  errors++;
                }
                var _valid0 = _errs54 === errors;
                valid8 = valid8 || _valid0;
                if (!valid8) {
                  const _errs56 = errors;
                  if (typeof data26 !== "boolean") {
                    const err47 = { instancePath: instancePath + "/matrix/" + key3.replace(/~/g, "~0").replace(/\//g, "~1") + "/" + i1, schemaPath: "#/properties/matrix/additionalProperties/items/anyOf/2/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean", schema: schema31.properties.matrix.additionalProperties.items.anyOf[2].type, parentSchema: schema31.properties.matrix.additionalProperties.items.anyOf[2], data: data26 };
                    if (vErrors === null) {
                      vErrors = [err47];
                    } else {
                      vErrors.push(err47);
                    }
                    errors++;
                  }
                  var _valid0 = _errs56 === errors;
                  valid8 = valid8 || _valid0;
                }
              }
              if (!valid8) {
                const err48 = { instancePath: instancePath + "/matrix/" + key3.replace(/~/g, "~0").replace(/\//g, "~1") + "/" + i1, schemaPath: "#/properties/matrix/additionalProperties/items/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf", schema: schema31.properties.matrix.additionalProperties.items.anyOf, parentSchema: schema31.properties.matrix.additionalProperties.items, data: data26 };
                if (vErrors === null) {
                  vErrors = [err48];
                } else {
                  vErrors.push(err48);
                }
                errors++;
              } else {
                errors = _errs51;
                if (vErrors !== null) {
                  if (_errs51) {
                    vErrors.length = _errs51;
                  } else {
                    vErrors = null;
                  }
                }
              }
            }
          } else {
            const err49 = { instancePath: instancePath + "/matrix/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/matrix/additionalProperties/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema31.properties.matrix.additionalProperties.type, parentSchema: schema31.properties.matrix.additionalProperties, data: data25 };
            if (vErrors === null) {
              vErrors = [err49];
            } else {
              vErrors.push(err49);
            }
            errors++;
          }
        }
      } else {
        const err50 = { instancePath: instancePath + "/matrix", schemaPath: "#/properties/matrix/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema31.properties.matrix.type, parentSchema: schema31.properties.matrix, data: data24 };
        if (vErrors === null) {
          vErrors = [err50];
        } else {
          vErrors.push(err50);
        }
        errors++;
      }
    }
    if (data.timeout !== void 0) {
      if (!validate26(data.timeout, { instancePath: instancePath + "/timeout", parentData: data, parentDataProperty: "timeout", rootData })) {
        vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
        errors = vErrors.length;
      }
    }
    if (data.retry !== void 0) {
      let data28 = data.retry;
      if (data28 && typeof data28 == "object" && !Array.isArray(data28)) {
        if (data28.attempts === void 0) {
          const err51 = { instancePath: instancePath + "/retry", schemaPath: "#/properties/retry/required", keyword: "required", params: { missingProperty: "attempts" }, message: "must have required property 'attempts'", schema: schema31.properties.retry.required, parentSchema: schema31.properties.retry, data: data28 };
          if (vErrors === null) {
            vErrors = [err51];
          } else {
            vErrors.push(err51);
          }
          errors++;
        }
        for (const key4 in data28) {
          if (!(key4 === "attempts" || key4 === "backoff")) {
            const err52 = { instancePath: instancePath + "/retry", schemaPath: "#/properties/retry/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key4 }, message: "must NOT have additional properties", schema: false, parentSchema: schema31.properties.retry, data: data28 };
            if (vErrors === null) {
              vErrors = [err52];
            } else {
              vErrors.push(err52);
            }
            errors++;
          }
        }
        if (data28.attempts !== void 0) {
          let data29 = data28.attempts;
          if (!(typeof data29 == "number" && (!(data29 % 1) && !isNaN(data29)) && isFinite(data29))) {
            const err53 = { instancePath: instancePath + "/retry/attempts", schemaPath: "#/properties/retry/properties/attempts/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema31.properties.retry.properties.attempts.type, parentSchema: schema31.properties.retry.properties.attempts, data: data29 };
            if (vErrors === null) {
              vErrors = [err53];
            } else {
              vErrors.push(err53);
            }
            errors++;
          }
          if (typeof data29 == "number" && isFinite(data29)) {
            if (data29 > 10 || isNaN(data29)) {
              const err54 = { instancePath: instancePath + "/retry/attempts", schemaPath: "#/properties/retry/properties/attempts/maximum", keyword: "maximum", params: { comparison: "<=", limit: 10 }, message: "must be <= 10", schema: 10, parentSchema: schema31.properties.retry.properties.attempts, data: data29 };
              if (vErrors === null) {
                vErrors = [err54];
              } else {
                vErrors.push(err54);
              }
              errors++;
            }
            if (data29 < 1 || isNaN(data29)) {
              const err55 = { instancePath: instancePath + "/retry/attempts", schemaPath: "#/properties/retry/properties/attempts/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1", schema: 1, parentSchema: schema31.properties.retry.properties.attempts, data: data29 };
              if (vErrors === null) {
                vErrors = [err55];
              } else {
                vErrors.push(err55);
              }
              errors++;
            }
          }
        }
        if (data28.backoff !== void 0) {
          if (!validate26(data28.backoff, { instancePath: instancePath + "/retry/backoff", parentData: data28, parentDataProperty: "backoff", rootData })) {
            vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err56 = { instancePath: instancePath + "/retry", schemaPath: "#/properties/retry/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema31.properties.retry.type, parentSchema: schema31.properties.retry, data: data28 };
        if (vErrors === null) {
          vErrors = [err56];
        } else {
          vErrors.push(err56);
        }
        errors++;
      }
    }
    if (data.isolation !== void 0) {
      if (!validate36(data.isolation, { instancePath: instancePath + "/isolation", parentData: data, parentDataProperty: "isolation", rootData })) {
        vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
        errors = vErrors.length;
      }
    }
    if (data.limits !== void 0) {
      if (!validate97(data.limits, { instancePath: instancePath + "/limits", parentData: data, parentDataProperty: "limits", rootData })) {
        vErrors = vErrors === null ? validate97.errors : vErrors.concat(validate97.errors);
        errors = vErrors.length;
      }
    }
    if (data.env !== void 0) {
      if (!validate122(data.env, { instancePath: instancePath + "/env", parentData: data, parentDataProperty: "env", rootData })) {
        vErrors = vErrors === null ? validate122.errors : vErrors.concat(validate122.errors);
        errors = vErrors.length;
      }
    }
    if (data.secrets !== void 0) {
      if (!validate124(data.secrets, { instancePath: instancePath + "/secrets", parentData: data, parentDataProperty: "secrets", rootData })) {
        vErrors = vErrors === null ? validate124.errors : vErrors.concat(validate124.errors);
        errors = vErrors.length;
      }
    }
    if (data.cache !== void 0) {
      let data35 = data.cache;
      const _errs70 = errors;
      let valid10 = false;
      const _errs71 = errors;
      if (!validate128(data35, { instancePath: instancePath + "/cache", parentData: data, parentDataProperty: "cache", rootData })) {
        vErrors = vErrors === null ? validate128.errors : vErrors.concat(validate128.errors);
        errors = vErrors.length;
      }
      var _valid1 = _errs71 === errors;
      valid10 = valid10 || _valid1;
      if (!valid10) {
        const _errs72 = errors;
        if (Array.isArray(data35)) {
          if (data35.length > 10) {
            const err57 = { instancePath: instancePath + "/cache", schemaPath: "#/properties/cache/anyOf/1/maxItems", keyword: "maxItems", params: { limit: 10 }, message: "must NOT have more than 10 items", schema: 10, parentSchema: schema31.properties.cache.anyOf[1], data: data35 };
            if (vErrors === null) {
              vErrors = [err57];
            } else {
              vErrors.push(err57);
            }
            errors++;
          }
          if (data35.length < 1) {
            const err58 = { instancePath: instancePath + "/cache", schemaPath: "#/properties/cache/anyOf/1/minItems", keyword: "minItems", params: { limit: 1 }, message: "must NOT have fewer than 1 items", schema: 1, parentSchema: schema31.properties.cache.anyOf[1], data: data35 };
            if (vErrors === null) {
              vErrors = [err58];
            } else {
              vErrors.push(err58);
            }
            errors++;
          }
          const len2 = data35.length;
          for (let i2 = 0; i2 < len2; i2++) {
            if (!validate128(data35[i2], { instancePath: instancePath + "/cache/" + i2, parentData: data35, parentDataProperty: i2, rootData })) {
              vErrors = vErrors === null ? validate128.errors : vErrors.concat(validate128.errors);
              errors = vErrors.length;
            }
          }
        } else {
          const err59 = { instancePath: instancePath + "/cache", schemaPath: "#/properties/cache/anyOf/1/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema31.properties.cache.anyOf[1].type, parentSchema: schema31.properties.cache.anyOf[1], data: data35 };
          if (vErrors === null) {
            vErrors = [err59];
          } else {
            vErrors.push(err59);
          }
          errors++;
        }
        var _valid1 = _errs72 === errors;
        valid10 = valid10 || _valid1;
      }
      if (!valid10) {
        const err60 = { instancePath: instancePath + "/cache", schemaPath: "#/properties/cache/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf", schema: schema31.properties.cache.anyOf, parentSchema: schema31.properties.cache, data: data35 };
        if (vErrors === null) {
          vErrors = [err60];
        } else {
          vErrors.push(err60);
        }
        errors++;
      } else {
        errors = _errs70;
        if (vErrors !== null) {
          if (_errs70) {
            vErrors.length = _errs70;
          } else {
            vErrors = null;
          }
        }
      }
    }
    if (data.build !== void 0) {
      if (!validate28(data.build, { instancePath: instancePath + "/build", parentData: data, parentDataProperty: "build", rootData })) {
        vErrors = vErrors === null ? validate28.errors : vErrors.concat(validate28.errors);
        errors = vErrors.length;
      }
    }
    if (data.image !== void 0) {
      let data38 = data.image;
      if (typeof data38 === "string") {
        if (func3(data38) > 400) {
          const err61 = { instancePath: instancePath + "/image", schemaPath: "#/properties/image/maxLength", keyword: "maxLength", params: { limit: 400 }, message: "must NOT have more than 400 characters", schema: 400, parentSchema: schema31.properties.image, data: data38 };
          if (vErrors === null) {
            vErrors = [err61];
          } else {
            vErrors.push(err61);
          }
          errors++;
        }
        if (func3(data38) < 1) {
          const err62 = { instancePath: instancePath + "/image", schemaPath: "#/properties/image/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema31.properties.image, data: data38 };
          if (vErrors === null) {
            vErrors = [err62];
          } else {
            vErrors.push(err62);
          }
          errors++;
        }
        if (!pattern4.test(data38)) {
          const err63 = { instancePath: instancePath + "/image", schemaPath: "#/properties/image/pattern", keyword: "pattern", params: { pattern: "^[a-z0-9][A-Za-z0-9._:/@-]*$" }, message: 'must match pattern "^[a-z0-9][A-Za-z0-9._:/@-]*$"', schema: "^[a-z0-9][A-Za-z0-9._:/@-]*$", parentSchema: schema31.properties.image, data: data38 };
          if (vErrors === null) {
            vErrors = [err63];
          } else {
            vErrors.push(err63);
          }
          errors++;
        }
      } else {
        const err64 = { instancePath: instancePath + "/image", schemaPath: "#/properties/image/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema31.properties.image.type, parentSchema: schema31.properties.image, data: data38 };
        if (vErrors === null) {
          vErrors = [err64];
        } else {
          vErrors.push(err64);
        }
        errors++;
      }
    }
    if (data.network !== void 0) {
      let data39 = data.network;
      const _errs79 = errors;
      let valid13 = false;
      const _errs80 = errors;
      if (!validate34(data39, { instancePath: instancePath + "/network", parentData: data, parentDataProperty: "network", rootData })) {
        vErrors = vErrors === null ? validate34.errors : vErrors.concat(validate34.errors);
        errors = vErrors.length;
      }
      var _valid2 = _errs80 === errors;
      valid13 = valid13 || _valid2;
      if (!valid13) {
        const _errs81 = errors;
        if (typeof data39 !== "string") {
          const err65 = { instancePath: instancePath + "/network", schemaPath: "#/properties/network/anyOf/1/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema31.properties.network.anyOf[1].type, parentSchema: schema31.properties.network.anyOf[1], data: data39 };
          if (vErrors === null) {
            vErrors = [err65];
          } else {
            vErrors.push(err65);
          }
          errors++;
        }
        if (!(data39 === "allowed")) {
          const err66 = { instancePath: instancePath + "/network", schemaPath: "#/properties/network/anyOf/1/enum", keyword: "enum", params: { allowedValues: schema31.properties.network.anyOf[1].enum }, message: "must be equal to one of the allowed values", schema: schema31.properties.network.anyOf[1].enum, parentSchema: schema31.properties.network.anyOf[1], data: data39 };
          if (vErrors === null) {
            vErrors = [err66];
          } else {
            vErrors.push(err66);
          }
          errors++;
        }
        var _valid2 = _errs81 === errors;
        valid13 = valid13 || _valid2;
      }
      if (!valid13) {
        const err67 = { instancePath: instancePath + "/network", schemaPath: "#/properties/network/anyOf", keyword: "anyOf", params: {}, message: "must match a schema in anyOf", schema: schema31.properties.network.anyOf, parentSchema: schema31.properties.network, data: data39 };
        if (vErrors === null) {
          vErrors = [err67];
        } else {
          vErrors.push(err67);
        }
        errors++;
      } else {
        errors = _errs79;
        if (vErrors !== null) {
          if (_errs79) {
            vErrors.length = _errs79;
          } else {
            vErrors = null;
          }
        }
      }
    }
    if (data.outputs !== void 0) {
      let data40 = data.outputs;
      if (!(data40 && typeof data40 == "object" && !Array.isArray(data40))) {
        const err68 = { instancePath: instancePath + "/outputs", schemaPath: "#/properties/outputs/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema31.properties.outputs.type, parentSchema: schema31.properties.outputs, data: data40 };
        if (vErrors === null) {
          vErrors = [err68];
        } else {
          vErrors.push(err68);
        }
        errors++;
      }
    }
    if (data.scope !== void 0) {
      if (!validate91(data.scope, { instancePath: instancePath + "/scope", parentData: data, parentDataProperty: "scope", rootData })) {
        vErrors = vErrors === null ? validate91.errors : vErrors.concat(validate91.errors);
        errors = vErrors.length;
      }
    }
    if (data["if-agent"] !== void 0) {
      if (!validate48(data["if-agent"], { instancePath: instancePath + "/if-agent", parentData: data, parentDataProperty: "if-agent", rootData })) {
        vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
        errors = vErrors.length;
      }
    }
    if (data["continue-on-failure"] !== void 0) {
      let data43 = data["continue-on-failure"];
      if (typeof data43 !== "boolean") {
        const err69 = { instancePath: instancePath + "/continue-on-failure", schemaPath: "#/properties/continue-on-failure/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean", schema: schema31.properties["continue-on-failure"].type, parentSchema: schema31.properties["continue-on-failure"], data: data43 };
        if (vErrors === null) {
          vErrors = [err69];
        } else {
          vErrors.push(err69);
        }
        errors++;
      }
    }
  } else {
    const err70 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema31.type, parentSchema: schema31, data };
    if (vErrors === null) {
      vErrors = [err70];
    } else {
      vErrors.push(err70);
    }
    errors++;
  }
  validate108.errors = vErrors;
  return errors === 0;
}
const pattern23 = new RegExp("^[a-z][a-z0-9_-]{0,39}$", "u");
function validate87(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.formula === void 0) {
      const err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "formula" }, message: "must have required property 'formula'", schema: schema27.required, parentSchema: schema27, data };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (data.version === void 0) {
      const err1 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "version" }, message: "must have required property 'version'", schema: schema27.required, parentSchema: schema27, data };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    if (data.steps === void 0) {
      const err2 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "steps" }, message: "must have required property 'steps'", schema: schema27.required, parentSchema: schema27, data };
      if (vErrors === null) {
        vErrors = [err2];
      } else {
        vErrors.push(err2);
      }
      errors++;
    }
    for (const key0 in data) {
      if (!func2.call(schema27.properties, key0)) {
        const err3 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties", schema: false, parentSchema: schema27, data };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
    }
    if (data.formula !== void 0) {
      if (!validate48(data.formula, { instancePath: instancePath + "/formula", parentData: data, parentDataProperty: "formula", rootData })) {
        vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
        errors = vErrors.length;
      }
    }
    if (data.version !== void 0) {
      let data1 = data.version;
      if (1 !== data1) {
        const err4 = { instancePath: instancePath + "/version", schemaPath: "#/properties/version/const", keyword: "const", params: { allowedValue: 1 }, message: "must be equal to constant", schema: 1, parentSchema: schema27.properties.version, data: data1 };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
    }
    if (data.description !== void 0) {
      let data2 = data.description;
      if (typeof data2 === "string") {
        if (func3(data2) > 2e3) {
          const err5 = { instancePath: instancePath + "/description", schemaPath: "#/properties/description/maxLength", keyword: "maxLength", params: { limit: 2e3 }, message: "must NOT have more than 2000 characters", schema: 2e3, parentSchema: schema27.properties.description, data: data2 };
          if (vErrors === null) {
            vErrors = [err5];
          } else {
            vErrors.push(err5);
          }
          errors++;
        }
      } else {
        const err6 = { instancePath: instancePath + "/description", schemaPath: "#/properties/description/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema27.properties.description.type, parentSchema: schema27.properties.description, data: data2 };
        if (vErrors === null) {
          vErrors = [err6];
        } else {
          vErrors.push(err6);
        }
        errors++;
      }
    }
    if (data.risk !== void 0) {
      if (!validate57(data.risk, { instancePath: instancePath + "/risk", parentData: data, parentDataProperty: "risk", rootData })) {
        vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
        errors = vErrors.length;
      }
    }
    if (data.agent !== void 0) {
      if (!validate48(data.agent, { instancePath: instancePath + "/agent", parentData: data, parentDataProperty: "agent", rootData })) {
        vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
        errors = vErrors.length;
      }
    }
    if (data.inputs !== void 0) {
      let data5 = data.inputs;
      if (data5 && typeof data5 == "object" && !Array.isArray(data5)) {
        for (const key1 in data5) {
          const _errs10 = errors;
          if (typeof key1 === "string") {
            if (!pattern23.test(key1)) {
              const err7 = { instancePath: instancePath + "/inputs", schemaPath: "#/properties/inputs/propertyNames/pattern", keyword: "pattern", params: { pattern: "^[a-z][a-z0-9_-]{0,39}$" }, message: 'must match pattern "^[a-z][a-z0-9_-]{0,39}$"', schema: "^[a-z][a-z0-9_-]{0,39}$", parentSchema: schema27.properties.inputs.propertyNames, data: key1, propertyName: key1 };
              if (vErrors === null) {
                vErrors = [err7];
              } else {
                vErrors.push(err7);
              }
              errors++;
            }
          } else {
            const err8 = { instancePath: instancePath + "/inputs", schemaPath: "#/properties/inputs/propertyNames/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema27.properties.inputs.propertyNames.type, parentSchema: schema27.properties.inputs.propertyNames, data: key1, propertyName: key1 };
            if (vErrors === null) {
              vErrors = [err8];
            } else {
              vErrors.push(err8);
            }
            errors++;
          }
          var valid1 = _errs10 === errors;
          if (!valid1) {
            const err9 = { instancePath: instancePath + "/inputs", schemaPath: "#/properties/inputs/propertyNames", keyword: "propertyNames", params: { propertyName: key1 }, message: "property name must be valid", schema: schema27.properties.inputs.propertyNames, parentSchema: schema27.properties.inputs, data: data5 };
            if (vErrors === null) {
              vErrors = [err9];
            } else {
              vErrors.push(err9);
            }
            errors++;
          }
        }
        for (const key2 in data5) {
          let data6 = data5[key2];
          if (!(data6 && typeof data6 == "object" && !Array.isArray(data6))) {
            const err10 = { instancePath: instancePath + "/inputs/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/inputs/additionalProperties/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema27.properties.inputs.additionalProperties.type, parentSchema: schema27.properties.inputs.additionalProperties, data: data6 };
            if (vErrors === null) {
              vErrors = [err10];
            } else {
              vErrors.push(err10);
            }
            errors++;
          }
        }
      } else {
        const err11 = { instancePath: instancePath + "/inputs", schemaPath: "#/properties/inputs/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema27.properties.inputs.type, parentSchema: schema27.properties.inputs, data: data5 };
        if (vErrors === null) {
          vErrors = [err11];
        } else {
          vErrors.push(err11);
        }
        errors++;
      }
    }
    if (data.scope !== void 0) {
      if (!validate91(data.scope, { instancePath: instancePath + "/scope", parentData: data, parentDataProperty: "scope", rootData })) {
        vErrors = vErrors === null ? validate91.errors : vErrors.concat(validate91.errors);
        errors = vErrors.length;
      }
    }
    if (data.budget !== void 0) {
      let data8 = data.budget;
      if (data8 && typeof data8 == "object" && !Array.isArray(data8)) {
        for (const key3 in data8) {
          if (!(key3 === "time" || key3 === "attempts" || key3 === "tokens" || key3 === "turns" || key3 === "cost")) {
            const err12 = { instancePath: instancePath + "/budget", schemaPath: "#/properties/budget/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key3 }, message: "must NOT have additional properties", schema: false, parentSchema: schema27.properties.budget, data: data8 };
            if (vErrors === null) {
              vErrors = [err12];
            } else {
              vErrors.push(err12);
            }
            errors++;
          }
        }
        if (data8.time !== void 0) {
          if (!validate26(data8.time, { instancePath: instancePath + "/budget/time", parentData: data8, parentDataProperty: "time", rootData })) {
            vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
            errors = vErrors.length;
          }
        }
        if (data8.attempts !== void 0) {
          let data10 = data8.attempts;
          if (!(typeof data10 == "number" && (!(data10 % 1) && !isNaN(data10)) && isFinite(data10))) {
            const err13 = { instancePath: instancePath + "/budget/attempts", schemaPath: "#/properties/budget/properties/attempts/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema27.properties.budget.properties.attempts.type, parentSchema: schema27.properties.budget.properties.attempts, data: data10 };
            if (vErrors === null) {
              vErrors = [err13];
            } else {
              vErrors.push(err13);
            }
            errors++;
          }
          if (typeof data10 == "number" && isFinite(data10)) {
            if (data10 > 20 || isNaN(data10)) {
              const err14 = { instancePath: instancePath + "/budget/attempts", schemaPath: "#/properties/budget/properties/attempts/maximum", keyword: "maximum", params: { comparison: "<=", limit: 20 }, message: "must be <= 20", schema: 20, parentSchema: schema27.properties.budget.properties.attempts, data: data10 };
              if (vErrors === null) {
                vErrors = [err14];
              } else {
                vErrors.push(err14);
              }
              errors++;
            }
            if (data10 < 1 || isNaN(data10)) {
              const err15 = { instancePath: instancePath + "/budget/attempts", schemaPath: "#/properties/budget/properties/attempts/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1", schema: 1, parentSchema: schema27.properties.budget.properties.attempts, data: data10 };
              if (vErrors === null) {
                vErrors = [err15];
              } else {
                vErrors.push(err15);
              }
              errors++;
            }
          }
        }
        if (data8.tokens !== void 0) {
          let data11 = data8.tokens;
          if (!(typeof data11 == "number" && (!(data11 % 1) && !isNaN(data11)) && isFinite(data11))) {
            const err16 = { instancePath: instancePath + "/budget/tokens", schemaPath: "#/properties/budget/properties/tokens/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema27.properties.budget.properties.tokens.type, parentSchema: schema27.properties.budget.properties.tokens, data: data11 };
            if (vErrors === null) {
              vErrors = [err16];
            } else {
              vErrors.push(err16);
            }
            errors++;
          }
          if (typeof data11 == "number" && isFinite(data11)) {
            if (data11 < 1 || isNaN(data11)) {
              const err17 = { instancePath: instancePath + "/budget/tokens", schemaPath: "#/properties/budget/properties/tokens/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1", schema: 1, parentSchema: schema27.properties.budget.properties.tokens, data: data11 };
              if (vErrors === null) {
                vErrors = [err17];
              } else {
                vErrors.push(err17);
              }
              errors++;
            }
          }
        }
        if (data8.turns !== void 0) {
          let data12 = data8.turns;
          if (!(typeof data12 == "number" && (!(data12 % 1) && !isNaN(data12)) && isFinite(data12))) {
            const err18 = { instancePath: instancePath + "/budget/turns", schemaPath: "#/properties/budget/properties/turns/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema27.properties.budget.properties.turns.type, parentSchema: schema27.properties.budget.properties.turns, data: data12 };
            if (vErrors === null) {
              vErrors = [err18];
            } else {
              vErrors.push(err18);
            }
            errors++;
          }
          if (typeof data12 == "number" && isFinite(data12)) {
            if (data12 < 1 || isNaN(data12)) {
              const err19 = { instancePath: instancePath + "/budget/turns", schemaPath: "#/properties/budget/properties/turns/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1", schema: 1, parentSchema: schema27.properties.budget.properties.turns, data: data12 };
              if (vErrors === null) {
                vErrors = [err19];
              } else {
                vErrors.push(err19);
              }
              errors++;
            }
          }
        }
        if (data8.cost !== void 0) {
          let data13 = data8.cost;
          if (typeof data13 == "number" && isFinite(data13)) {
            if (data13 <= 0 || isNaN(data13)) {
              const err20 = { instancePath: instancePath + "/budget/cost", schemaPath: "#/properties/budget/properties/cost/exclusiveMinimum", keyword: "exclusiveMinimum", params: { comparison: ">", limit: 0 }, message: "must be > 0", schema: 0, parentSchema: schema27.properties.budget.properties.cost, data: data13 };
              if (vErrors === null) {
                vErrors = [err20];
              } else {
                vErrors.push(err20);
              }
              errors++;
            }
          } else {
            const err21 = { instancePath: instancePath + "/budget/cost", schemaPath: "#/properties/budget/properties/cost/type", keyword: "type", params: { type: "number" }, message: "must be number", schema: schema27.properties.budget.properties.cost.type, parentSchema: schema27.properties.budget.properties.cost, data: data13 };
            if (vErrors === null) {
              vErrors = [err21];
            } else {
              vErrors.push(err21);
            }
            errors++;
          }
        }
      } else {
        const err22 = { instancePath: instancePath + "/budget", schemaPath: "#/properties/budget/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema27.properties.budget.type, parentSchema: schema27.properties.budget, data: data8 };
        if (vErrors === null) {
          vErrors = [err22];
        } else {
          vErrors.push(err22);
        }
        errors++;
      }
    }
    if (data.isolation !== void 0) {
      if (!validate36(data.isolation, { instancePath: instancePath + "/isolation", parentData: data, parentDataProperty: "isolation", rootData })) {
        vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
        errors = vErrors.length;
      }
    }
    if (data.limits !== void 0) {
      if (!validate97(data.limits, { instancePath: instancePath + "/limits", parentData: data, parentDataProperty: "limits", rootData })) {
        vErrors = vErrors === null ? validate97.errors : vErrors.concat(validate97.errors);
        errors = vErrors.length;
      }
    }
    if (data.base !== void 0) {
      let data16 = data.base;
      if (data16 && typeof data16 == "object" && !Array.isArray(data16)) {
        if (data16.merge === void 0) {
          const err23 = { instancePath: instancePath + "/base", schemaPath: "#/properties/base/required", keyword: "required", params: { missingProperty: "merge" }, message: "must have required property 'merge'", schema: schema27.properties.base.required, parentSchema: schema27.properties.base, data: data16 };
          if (vErrors === null) {
            vErrors = [err23];
          } else {
            vErrors.push(err23);
          }
          errors++;
        }
        for (const key4 in data16) {
          if (!(key4 === "merge" || key4 === "mends")) {
            const err24 = { instancePath: instancePath + "/base", schemaPath: "#/properties/base/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key4 }, message: "must NOT have additional properties", schema: false, parentSchema: schema27.properties.base, data: data16 };
            if (vErrors === null) {
              vErrors = [err24];
            } else {
              vErrors.push(err24);
            }
            errors++;
          }
        }
        if (data16.merge !== void 0) {
          if (!validate105(data16.merge, { instancePath: instancePath + "/base/merge", parentData: data16, parentDataProperty: "merge", rootData })) {
            vErrors = vErrors === null ? validate105.errors : vErrors.concat(validate105.errors);
            errors = vErrors.length;
          }
        }
        if (data16.mends !== void 0) {
          let data18 = data16.mends;
          if (typeof data18 !== "boolean") {
            const err25 = { instancePath: instancePath + "/base/mends", schemaPath: "#/properties/base/properties/mends/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean", schema: schema27.properties.base.properties.mends.type, parentSchema: schema27.properties.base.properties.mends, data: data18 };
            if (vErrors === null) {
              vErrors = [err25];
            } else {
              vErrors.push(err25);
            }
            errors++;
          }
        }
      } else {
        const err26 = { instancePath: instancePath + "/base", schemaPath: "#/properties/base/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema27.properties.base.type, parentSchema: schema27.properties.base, data: data16 };
        if (vErrors === null) {
          vErrors = [err26];
        } else {
          vErrors.push(err26);
        }
        errors++;
      }
    }
    if (data.concurrency !== void 0) {
      let data19 = data.concurrency;
      if (data19 && typeof data19 == "object" && !Array.isArray(data19)) {
        if (data19.group === void 0) {
          const err27 = { instancePath: instancePath + "/concurrency", schemaPath: "#/properties/concurrency/required", keyword: "required", params: { missingProperty: "group" }, message: "must have required property 'group'", schema: schema27.properties.concurrency.required, parentSchema: schema27.properties.concurrency, data: data19 };
          if (vErrors === null) {
            vErrors = [err27];
          } else {
            vErrors.push(err27);
          }
          errors++;
        }
        for (const key5 in data19) {
          if (!(key5 === "group" || key5 === "on-conflict")) {
            const err28 = { instancePath: instancePath + "/concurrency", schemaPath: "#/properties/concurrency/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key5 }, message: "must NOT have additional properties", schema: false, parentSchema: schema27.properties.concurrency, data: data19 };
            if (vErrors === null) {
              vErrors = [err28];
            } else {
              vErrors.push(err28);
            }
            errors++;
          }
        }
        if (data19.group !== void 0) {
          if (!validate48(data19.group, { instancePath: instancePath + "/concurrency/group", parentData: data19, parentDataProperty: "group", rootData })) {
            vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
            errors = vErrors.length;
          }
        }
        if (data19["on-conflict"] !== void 0) {
          let data21 = data19["on-conflict"];
          if (typeof data21 !== "string") {
            const err29 = { instancePath: instancePath + "/concurrency/on-conflict", schemaPath: "#/properties/concurrency/properties/on-conflict/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema27.properties.concurrency.properties["on-conflict"].type, parentSchema: schema27.properties.concurrency.properties["on-conflict"], data: data21 };
            if (vErrors === null) {
              vErrors = [err29];
            } else {
              vErrors.push(err29);
            }
            errors++;
          }
          if (!(data21 === "queue" || data21 === "replace" || data21 === "drop")) {
            const err30 = { instancePath: instancePath + "/concurrency/on-conflict", schemaPath: "#/properties/concurrency/properties/on-conflict/enum", keyword: "enum", params: { allowedValues: schema27.properties.concurrency.properties["on-conflict"].enum }, message: "must be equal to one of the allowed values", schema: schema27.properties.concurrency.properties["on-conflict"].enum, parentSchema: schema27.properties.concurrency.properties["on-conflict"], data: data21 };
            if (vErrors === null) {
              vErrors = [err30];
            } else {
              vErrors.push(err30);
            }
            errors++;
          }
        }
      } else {
        const err31 = { instancePath: instancePath + "/concurrency", schemaPath: "#/properties/concurrency/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema27.properties.concurrency.type, parentSchema: schema27.properties.concurrency, data: data19 };
        if (vErrors === null) {
          vErrors = [err31];
        } else {
          vErrors.push(err31);
        }
        errors++;
      }
    }
    if (data.steps !== void 0) {
      let data22 = data.steps;
      if (Array.isArray(data22)) {
        if (data22.length > 200) {
          const err32 = { instancePath: instancePath + "/steps", schemaPath: "#/properties/steps/maxItems", keyword: "maxItems", params: { limit: 200 }, message: "must NOT have more than 200 items", schema: 200, parentSchema: schema27.properties.steps, data: data22 };
          if (vErrors === null) {
            vErrors = [err32];
          } else {
            vErrors.push(err32);
          }
          errors++;
        }
        if (data22.length < 1) {
          const err33 = { instancePath: instancePath + "/steps", schemaPath: "#/properties/steps/minItems", keyword: "minItems", params: { limit: 1 }, message: "must NOT have fewer than 1 items", schema: 1, parentSchema: schema27.properties.steps, data: data22 };
          if (vErrors === null) {
            vErrors = [err33];
          } else {
            vErrors.push(err33);
          }
          errors++;
        }
        const len0 = data22.length;
        for (let i0 = 0; i0 < len0; i0++) {
          if (!validate108(data22[i0], { instancePath: instancePath + "/steps/" + i0, parentData: data22, parentDataProperty: i0, rootData })) {
            vErrors = vErrors === null ? validate108.errors : vErrors.concat(validate108.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err34 = { instancePath: instancePath + "/steps", schemaPath: "#/properties/steps/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema27.properties.steps.type, parentSchema: schema27.properties.steps, data: data22 };
        if (vErrors === null) {
          vErrors = [err34];
        } else {
          vErrors.push(err34);
        }
        errors++;
      }
    }
  } else {
    const err35 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema27.type, parentSchema: schema27, data };
    if (vErrors === null) {
      vErrors = [err35];
    } else {
      vErrors.push(err35);
    }
    errors++;
  }
  validate87.errors = vErrors;
  return errors === 0;
}
const agent = validate139;
const schema37 = { "title": "Agent", "description": "`agents/*.yml`: a role: a model or a command, with what it may do.", "type": "object", "additionalProperties": false, "required": ["agent"], "properties": { "agent": { "$ref": "#/definitions/identifier" }, "description": { "title": "Description", "description": "What it is for.", "type": "string", "maxLength": 2e3 }, "capabilities": { "title": "Capabilities", "description": "What it can be asked to do.", "type": "array", "items": { "$ref": "#/definitions/identifier" }, "maxItems": 50 }, "model": { "$ref": "#/definitions/identifier" }, "fallback": { "title": "Fallback", "description": "Keys of the project's `models` that are taken, in this order, where the one before does not answer. Without it no other model is ever taken.", "type": "array", "items": { "$ref": "#/definitions/identifier" }, "maxItems": 10 }, "budget": { "title": "Agent budget", "description": "The most that this agent may use for what one step asks of it: all attempts at it, beginning anew where a review sends the run back.", "type": "object", "additionalProperties": false, "properties": { "turns": { "title": "Turns", "description": "Answers of a model.", "type": "integer", "minimum": 1, "default": 60 }, "tokens": { "title": "Tokens", "description": "Model tokens.", "type": "integer", "minimum": 1 }, "cost": { "title": "Cost", "description": "US dollars.", "type": "number", "exclusiveMinimum": 0 } } }, "command": { "title": "Command", "description": "A command-line agent that runs inside the sandbox.", "type": "object", "additionalProperties": false, "required": ["argv"], "properties": { "argv": { "title": "Arguments", "description": "The program and its arguments. No shell looks at them; `{{ prompt-file }}` in one stands for the path of the file that holds the prompt.", "type": "array", "items": { "description": "An argument, as it is.", "type": "string", "maxLength": 2e4 }, "minItems": 1, "maxItems": 200 }, "stdin": { "title": "Standard input", "description": "What is written to its standard input. With `none` it is empty. The prompt is in the file that `PUSHPALS_PROMPT_FILE` names either way.", "type": "string", "enum": ["prompt", "none"], "default": "prompt" }, "events": { "title": "Events", "description": "Whose stream of events it prints: tokens, cost, messages and tool calls are read from it. With `none` nobody knows what it used.", "type": "string", "enum": ["claude", "codex", "aider", "goose", "openhands", "none"], "default": "none" } } }, "tools": { "title": "Tools", "description": "The tools it may use.", "type": "array", "items": { "type": "string", "enum": ["read", "edit", "write", "list", "search", "exec"] }, "uniqueItems": true, "maxItems": 6 }, "exec": { "title": "Exec", "description": "Commands it may execute.", "type": "object", "additionalProperties": false, "properties": { "allow": { "title": "Allow", "description": "Patterns of allowed command lines.", "type": "array", "items": { "type": "string", "minLength": 1 }, "maxItems": 200 } } }, "network": { "$ref": "#/definitions/network" }, "secrets": { "$ref": "#/definitions/stepSecrets" }, "env": { "$ref": "#/definitions/environment" }, "image": { "title": "Image", "description": "The container image for the steps that it performs and that name none.", "type": "string", "minLength": 1, "maxLength": 400, "pattern": "^[a-z0-9][A-Za-z0-9._:/@-]*$" }, "prompt": { "title": "Prompt", "description": "Its standing instructions.", "type": "string", "maxLength": 1e5 } } };
function validate139(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.agent === void 0) {
      const err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "agent" }, message: "must have required property 'agent'", schema: schema37.required, parentSchema: schema37, data };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    for (const key0 in data) {
      if (!func2.call(schema37.properties, key0)) {
        const err1 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties", schema: false, parentSchema: schema37, data };
        if (vErrors === null) {
          vErrors = [err1];
        } else {
          vErrors.push(err1);
        }
        errors++;
      }
    }
    if (data.agent !== void 0) {
      if (!validate48(data.agent, { instancePath: instancePath + "/agent", parentData: data, parentDataProperty: "agent", rootData })) {
        vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
        errors = vErrors.length;
      }
    }
    if (data.description !== void 0) {
      let data1 = data.description;
      if (typeof data1 === "string") {
        if (func3(data1) > 2e3) {
          const err2 = { instancePath: instancePath + "/description", schemaPath: "#/properties/description/maxLength", keyword: "maxLength", params: { limit: 2e3 }, message: "must NOT have more than 2000 characters", schema: 2e3, parentSchema: schema37.properties.description, data: data1 };
          if (vErrors === null) {
            vErrors = [err2];
          } else {
            vErrors.push(err2);
          }
          errors++;
        }
      } else {
        const err3 = { instancePath: instancePath + "/description", schemaPath: "#/properties/description/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema37.properties.description.type, parentSchema: schema37.properties.description, data: data1 };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
    }
    if (data.capabilities !== void 0) {
      let data2 = data.capabilities;
      if (Array.isArray(data2)) {
        if (data2.length > 50) {
          const err4 = { instancePath: instancePath + "/capabilities", schemaPath: "#/properties/capabilities/maxItems", keyword: "maxItems", params: { limit: 50 }, message: "must NOT have more than 50 items", schema: 50, parentSchema: schema37.properties.capabilities, data: data2 };
          if (vErrors === null) {
            vErrors = [err4];
          } else {
            vErrors.push(err4);
          }
          errors++;
        }
        const len0 = data2.length;
        for (let i0 = 0; i0 < len0; i0++) {
          if (!validate48(data2[i0], { instancePath: instancePath + "/capabilities/" + i0, parentData: data2, parentDataProperty: i0, rootData })) {
            vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err5 = { instancePath: instancePath + "/capabilities", schemaPath: "#/properties/capabilities/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema37.properties.capabilities.type, parentSchema: schema37.properties.capabilities, data: data2 };
        if (vErrors === null) {
          vErrors = [err5];
        } else {
          vErrors.push(err5);
        }
        errors++;
      }
    }
    if (data.model !== void 0) {
      if (!validate48(data.model, { instancePath: instancePath + "/model", parentData: data, parentDataProperty: "model", rootData })) {
        vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
        errors = vErrors.length;
      }
    }
    if (data.fallback !== void 0) {
      let data5 = data.fallback;
      if (Array.isArray(data5)) {
        if (data5.length > 10) {
          const err6 = { instancePath: instancePath + "/fallback", schemaPath: "#/properties/fallback/maxItems", keyword: "maxItems", params: { limit: 10 }, message: "must NOT have more than 10 items", schema: 10, parentSchema: schema37.properties.fallback, data: data5 };
          if (vErrors === null) {
            vErrors = [err6];
          } else {
            vErrors.push(err6);
          }
          errors++;
        }
        const len1 = data5.length;
        for (let i1 = 0; i1 < len1; i1++) {
          if (!validate48(data5[i1], { instancePath: instancePath + "/fallback/" + i1, parentData: data5, parentDataProperty: i1, rootData })) {
            vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err7 = { instancePath: instancePath + "/fallback", schemaPath: "#/properties/fallback/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema37.properties.fallback.type, parentSchema: schema37.properties.fallback, data: data5 };
        if (vErrors === null) {
          vErrors = [err7];
        } else {
          vErrors.push(err7);
        }
        errors++;
      }
    }
    if (data.budget !== void 0) {
      let data7 = data.budget;
      if (data7 && typeof data7 == "object" && !Array.isArray(data7)) {
        for (const key1 in data7) {
          if (!(key1 === "turns" || key1 === "tokens" || key1 === "cost")) {
            const err8 = { instancePath: instancePath + "/budget", schemaPath: "#/properties/budget/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key1 }, message: "must NOT have additional properties", schema: false, parentSchema: schema37.properties.budget, data: data7 };
            if (vErrors === null) {
              vErrors = [err8];
            } else {
              vErrors.push(err8);
            }
            errors++;
          }
        }
        if (data7.turns !== void 0) {
          let data8 = data7.turns;
          if (!(typeof data8 == "number" && (!(data8 % 1) && !isNaN(data8)) && isFinite(data8))) {
            const err9 = { instancePath: instancePath + "/budget/turns", schemaPath: "#/properties/budget/properties/turns/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema37.properties.budget.properties.turns.type, parentSchema: schema37.properties.budget.properties.turns, data: data8 };
            if (vErrors === null) {
              vErrors = [err9];
            } else {
              vErrors.push(err9);
            }
            errors++;
          }
          if (typeof data8 == "number" && isFinite(data8)) {
            if (data8 < 1 || isNaN(data8)) {
              const err10 = { instancePath: instancePath + "/budget/turns", schemaPath: "#/properties/budget/properties/turns/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1", schema: 1, parentSchema: schema37.properties.budget.properties.turns, data: data8 };
              if (vErrors === null) {
                vErrors = [err10];
              } else {
                vErrors.push(err10);
              }
              errors++;
            }
          }
        }
        if (data7.tokens !== void 0) {
          let data9 = data7.tokens;
          if (!(typeof data9 == "number" && (!(data9 % 1) && !isNaN(data9)) && isFinite(data9))) {
            const err11 = { instancePath: instancePath + "/budget/tokens", schemaPath: "#/properties/budget/properties/tokens/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema37.properties.budget.properties.tokens.type, parentSchema: schema37.properties.budget.properties.tokens, data: data9 };
            if (vErrors === null) {
              vErrors = [err11];
            } else {
              vErrors.push(err11);
            }
            errors++;
          }
          if (typeof data9 == "number" && isFinite(data9)) {
            if (data9 < 1 || isNaN(data9)) {
              const err12 = { instancePath: instancePath + "/budget/tokens", schemaPath: "#/properties/budget/properties/tokens/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1", schema: 1, parentSchema: schema37.properties.budget.properties.tokens, data: data9 };
              if (vErrors === null) {
                vErrors = [err12];
              } else {
                vErrors.push(err12);
              }
              errors++;
            }
          }
        }
        if (data7.cost !== void 0) {
          let data10 = data7.cost;
          if (typeof data10 == "number" && isFinite(data10)) {
            if (data10 <= 0 || isNaN(data10)) {
              const err13 = { instancePath: instancePath + "/budget/cost", schemaPath: "#/properties/budget/properties/cost/exclusiveMinimum", keyword: "exclusiveMinimum", params: { comparison: ">", limit: 0 }, message: "must be > 0", schema: 0, parentSchema: schema37.properties.budget.properties.cost, data: data10 };
              if (vErrors === null) {
                vErrors = [err13];
              } else {
                vErrors.push(err13);
              }
              errors++;
            }
          } else {
            const err14 = { instancePath: instancePath + "/budget/cost", schemaPath: "#/properties/budget/properties/cost/type", keyword: "type", params: { type: "number" }, message: "must be number", schema: schema37.properties.budget.properties.cost.type, parentSchema: schema37.properties.budget.properties.cost, data: data10 };
            if (vErrors === null) {
              vErrors = [err14];
            } else {
              vErrors.push(err14);
            }
            errors++;
          }
        }
      } else {
        const err15 = { instancePath: instancePath + "/budget", schemaPath: "#/properties/budget/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema37.properties.budget.type, parentSchema: schema37.properties.budget, data: data7 };
        if (vErrors === null) {
          vErrors = [err15];
        } else {
          vErrors.push(err15);
        }
        errors++;
      }
    }
    if (data.command !== void 0) {
      let data11 = data.command;
      if (data11 && typeof data11 == "object" && !Array.isArray(data11)) {
        if (data11.argv === void 0) {
          const err16 = { instancePath: instancePath + "/command", schemaPath: "#/properties/command/required", keyword: "required", params: { missingProperty: "argv" }, message: "must have required property 'argv'", schema: schema37.properties.command.required, parentSchema: schema37.properties.command, data: data11 };
          if (vErrors === null) {
            vErrors = [err16];
          } else {
            vErrors.push(err16);
          }
          errors++;
        }
        for (const key2 in data11) {
          if (!(key2 === "argv" || key2 === "stdin" || key2 === "events")) {
            const err17 = { instancePath: instancePath + "/command", schemaPath: "#/properties/command/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key2 }, message: "must NOT have additional properties", schema: false, parentSchema: schema37.properties.command, data: data11 };
            if (vErrors === null) {
              vErrors = [err17];
            } else {
              vErrors.push(err17);
            }
            errors++;
          }
        }
        if (data11.argv !== void 0) {
          let data12 = data11.argv;
          if (Array.isArray(data12)) {
            if (data12.length > 200) {
              const err18 = { instancePath: instancePath + "/command/argv", schemaPath: "#/properties/command/properties/argv/maxItems", keyword: "maxItems", params: { limit: 200 }, message: "must NOT have more than 200 items", schema: 200, parentSchema: schema37.properties.command.properties.argv, data: data12 };
              if (vErrors === null) {
                vErrors = [err18];
              } else {
                vErrors.push(err18);
              }
              errors++;
            }
            if (data12.length < 1) {
              const err19 = { instancePath: instancePath + "/command/argv", schemaPath: "#/properties/command/properties/argv/minItems", keyword: "minItems", params: { limit: 1 }, message: "must NOT have fewer than 1 items", schema: 1, parentSchema: schema37.properties.command.properties.argv, data: data12 };
              if (vErrors === null) {
                vErrors = [err19];
              } else {
                vErrors.push(err19);
              }
              errors++;
            }
            const len2 = data12.length;
            for (let i2 = 0; i2 < len2; i2++) {
              let data13 = data12[i2];
              if (typeof data13 === "string") {
                if (func3(data13) > 2e4) {
                  const err20 = { instancePath: instancePath + "/command/argv/" + i2, schemaPath: "#/properties/command/properties/argv/items/maxLength", keyword: "maxLength", params: { limit: 2e4 }, message: "must NOT have more than 20000 characters", schema: 2e4, parentSchema: schema37.properties.command.properties.argv.items, data: data13 };
                  if (vErrors === null) {
                    vErrors = [err20];
                  } else {
                    vErrors.push(err20);
                  }
                  errors++;
                }
              } else {
                const err21 = { instancePath: instancePath + "/command/argv/" + i2, schemaPath: "#/properties/command/properties/argv/items/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema37.properties.command.properties.argv.items.type, parentSchema: schema37.properties.command.properties.argv.items, data: data13 };
                if (vErrors === null) {
                  vErrors = [err21];
                } else {
                  vErrors.push(err21);
                }
                errors++;
              }
            }
          } else {
            const err22 = { instancePath: instancePath + "/command/argv", schemaPath: "#/properties/command/properties/argv/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema37.properties.command.properties.argv.type, parentSchema: schema37.properties.command.properties.argv, data: data12 };
            if (vErrors === null) {
              vErrors = [err22];
            } else {
              vErrors.push(err22);
            }
            errors++;
          }
        }
        if (data11.stdin !== void 0) {
          let data14 = data11.stdin;
          if (typeof data14 !== "string") {
            const err23 = { instancePath: instancePath + "/command/stdin", schemaPath: "#/properties/command/properties/stdin/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema37.properties.command.properties.stdin.type, parentSchema: schema37.properties.command.properties.stdin, data: data14 };
            if (vErrors === null) {
              vErrors = [err23];
            } else {
              vErrors.push(err23);
            }
            errors++;
          }
          if (!(data14 === "prompt" || data14 === "none")) {
            const err24 = { instancePath: instancePath + "/command/stdin", schemaPath: "#/properties/command/properties/stdin/enum", keyword: "enum", params: { allowedValues: schema37.properties.command.properties.stdin.enum }, message: "must be equal to one of the allowed values", schema: schema37.properties.command.properties.stdin.enum, parentSchema: schema37.properties.command.properties.stdin, data: data14 };
            if (vErrors === null) {
              vErrors = [err24];
            } else {
              vErrors.push(err24);
            }
            errors++;
          }
        }
        if (data11.events !== void 0) {
          let data15 = data11.events;
          if (typeof data15 !== "string") {
            const err25 = { instancePath: instancePath + "/command/events", schemaPath: "#/properties/command/properties/events/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema37.properties.command.properties.events.type, parentSchema: schema37.properties.command.properties.events, data: data15 };
            if (vErrors === null) {
              vErrors = [err25];
            } else {
              vErrors.push(err25);
            }
            errors++;
          }
          if (!(data15 === "claude" || data15 === "codex" || data15 === "aider" || data15 === "goose" || data15 === "openhands" || data15 === "none")) {
            const err26 = { instancePath: instancePath + "/command/events", schemaPath: "#/properties/command/properties/events/enum", keyword: "enum", params: { allowedValues: schema37.properties.command.properties.events.enum }, message: "must be equal to one of the allowed values", schema: schema37.properties.command.properties.events.enum, parentSchema: schema37.properties.command.properties.events, data: data15 };
            if (vErrors === null) {
              vErrors = [err26];
            } else {
              vErrors.push(err26);
            }
            errors++;
          }
        }
      } else {
        const err27 = { instancePath: instancePath + "/command", schemaPath: "#/properties/command/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema37.properties.command.type, parentSchema: schema37.properties.command, data: data11 };
        if (vErrors === null) {
          vErrors = [err27];
        } else {
          vErrors.push(err27);
        }
        errors++;
      }
    }
    if (data.tools !== void 0) {
      let data16 = data.tools;
      if (Array.isArray(data16)) {
        if (data16.length > 6) {
          const err28 = { instancePath: instancePath + "/tools", schemaPath: "#/properties/tools/maxItems", keyword: "maxItems", params: { limit: 6 }, message: "must NOT have more than 6 items", schema: 6, parentSchema: schema37.properties.tools, data: data16 };
          if (vErrors === null) {
            vErrors = [err28];
          } else {
            vErrors.push(err28);
          }
          errors++;
        }
        const len3 = data16.length;
        for (let i3 = 0; i3 < len3; i3++) {
          let data17 = data16[i3];
          if (typeof data17 !== "string") {
            const err29 = { instancePath: instancePath + "/tools/" + i3, schemaPath: "#/properties/tools/items/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema37.properties.tools.items.type, parentSchema: schema37.properties.tools.items, data: data17 };
            if (vErrors === null) {
              vErrors = [err29];
            } else {
              vErrors.push(err29);
            }
            errors++;
          }
          if (!(data17 === "read" || data17 === "edit" || data17 === "write" || data17 === "list" || data17 === "search" || data17 === "exec")) {
            const err30 = { instancePath: instancePath + "/tools/" + i3, schemaPath: "#/properties/tools/items/enum", keyword: "enum", params: { allowedValues: schema37.properties.tools.items.enum }, message: "must be equal to one of the allowed values", schema: schema37.properties.tools.items.enum, parentSchema: schema37.properties.tools.items, data: data17 };
            if (vErrors === null) {
              vErrors = [err30];
            } else {
              vErrors.push(err30);
            }
            errors++;
          }
        }
        let i4 = data16.length;
        let j0;
        if (i4 > 1) {
          const indices0 = {};
          for (; i4--; ) {
            let item0 = data16[i4];
            if (typeof item0 !== "string") {
              continue;
            }
            if (typeof indices0[item0] == "number") {
              j0 = indices0[item0];
              const err31 = { instancePath: instancePath + "/tools", schemaPath: "#/properties/tools/uniqueItems", keyword: "uniqueItems", params: { i: i4, j: j0 }, message: "must NOT have duplicate items (items ## " + j0 + " and " + i4 + " are identical)", schema: true, parentSchema: schema37.properties.tools, data: data16 };
              if (vErrors === null) {
                vErrors = [err31];
              } else {
                vErrors.push(err31);
              }
              errors++;
              break;
            }
            indices0[item0] = i4;
          }
        }
      } else {
        const err32 = { instancePath: instancePath + "/tools", schemaPath: "#/properties/tools/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema37.properties.tools.type, parentSchema: schema37.properties.tools, data: data16 };
        if (vErrors === null) {
          vErrors = [err32];
        } else {
          vErrors.push(err32);
        }
        errors++;
      }
    }
    if (data.exec !== void 0) {
      let data18 = data.exec;
      if (data18 && typeof data18 == "object" && !Array.isArray(data18)) {
        for (const key3 in data18) {
          if (!(key3 === "allow")) {
            const err33 = { instancePath: instancePath + "/exec", schemaPath: "#/properties/exec/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key3 }, message: "must NOT have additional properties", schema: false, parentSchema: schema37.properties.exec, data: data18 };
            if (vErrors === null) {
              vErrors = [err33];
            } else {
              vErrors.push(err33);
            }
            errors++;
          }
        }
        if (data18.allow !== void 0) {
          let data19 = data18.allow;
          if (Array.isArray(data19)) {
            if (data19.length > 200) {
              const err34 = { instancePath: instancePath + "/exec/allow", schemaPath: "#/properties/exec/properties/allow/maxItems", keyword: "maxItems", params: { limit: 200 }, message: "must NOT have more than 200 items", schema: 200, parentSchema: schema37.properties.exec.properties.allow, data: data19 };
              if (vErrors === null) {
                vErrors = [err34];
              } else {
                vErrors.push(err34);
              }
              errors++;
            }
            const len4 = data19.length;
            for (let i5 = 0; i5 < len4; i5++) {
              let data20 = data19[i5];
              if (typeof data20 === "string") {
                if (func3(data20) < 1) {
                  const err35 = { instancePath: instancePath + "/exec/allow/" + i5, schemaPath: "#/properties/exec/properties/allow/items/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema37.properties.exec.properties.allow.items, data: data20 };
                  if (vErrors === null) {
                    vErrors = [err35];
                  } else {
                    vErrors.push(err35);
                  }
                  errors++;
                }
              } else {
                const err36 = { instancePath: instancePath + "/exec/allow/" + i5, schemaPath: "#/properties/exec/properties/allow/items/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema37.properties.exec.properties.allow.items.type, parentSchema: schema37.properties.exec.properties.allow.items, data: data20 };
                if (vErrors === null) {
                  vErrors = [err36];
                } else {
                  vErrors.push(err36);
                }
                errors++;
              }
            }
          } else {
            const err37 = { instancePath: instancePath + "/exec/allow", schemaPath: "#/properties/exec/properties/allow/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema37.properties.exec.properties.allow.type, parentSchema: schema37.properties.exec.properties.allow, data: data19 };
            if (vErrors === null) {
              vErrors = [err37];
            } else {
              vErrors.push(err37);
            }
            errors++;
          }
        }
      } else {
        const err38 = { instancePath: instancePath + "/exec", schemaPath: "#/properties/exec/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema37.properties.exec.type, parentSchema: schema37.properties.exec, data: data18 };
        if (vErrors === null) {
          vErrors = [err38];
        } else {
          vErrors.push(err38);
        }
        errors++;
      }
    }
    if (data.network !== void 0) {
      if (!validate34(data.network, { instancePath: instancePath + "/network", parentData: data, parentDataProperty: "network", rootData })) {
        vErrors = vErrors === null ? validate34.errors : vErrors.concat(validate34.errors);
        errors = vErrors.length;
      }
    }
    if (data.secrets !== void 0) {
      if (!validate124(data.secrets, { instancePath: instancePath + "/secrets", parentData: data, parentDataProperty: "secrets", rootData })) {
        vErrors = vErrors === null ? validate124.errors : vErrors.concat(validate124.errors);
        errors = vErrors.length;
      }
    }
    if (data.env !== void 0) {
      if (!validate122(data.env, { instancePath: instancePath + "/env", parentData: data, parentDataProperty: "env", rootData })) {
        vErrors = vErrors === null ? validate122.errors : vErrors.concat(validate122.errors);
        errors = vErrors.length;
      }
    }
    if (data.image !== void 0) {
      let data24 = data.image;
      if (typeof data24 === "string") {
        if (func3(data24) > 400) {
          const err39 = { instancePath: instancePath + "/image", schemaPath: "#/properties/image/maxLength", keyword: "maxLength", params: { limit: 400 }, message: "must NOT have more than 400 characters", schema: 400, parentSchema: schema37.properties.image, data: data24 };
          if (vErrors === null) {
            vErrors = [err39];
          } else {
            vErrors.push(err39);
          }
          errors++;
        }
        if (func3(data24) < 1) {
          const err40 = { instancePath: instancePath + "/image", schemaPath: "#/properties/image/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema37.properties.image, data: data24 };
          if (vErrors === null) {
            vErrors = [err40];
          } else {
            vErrors.push(err40);
          }
          errors++;
        }
        if (!pattern4.test(data24)) {
          const err41 = { instancePath: instancePath + "/image", schemaPath: "#/properties/image/pattern", keyword: "pattern", params: { pattern: "^[a-z0-9][A-Za-z0-9._:/@-]*$" }, message: 'must match pattern "^[a-z0-9][A-Za-z0-9._:/@-]*$"', schema: "^[a-z0-9][A-Za-z0-9._:/@-]*$", parentSchema: schema37.properties.image, data: data24 };
          if (vErrors === null) {
            vErrors = [err41];
          } else {
            vErrors.push(err41);
          }
          errors++;
        }
      } else {
        const err42 = { instancePath: instancePath + "/image", schemaPath: "#/properties/image/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema37.properties.image.type, parentSchema: schema37.properties.image, data: data24 };
        if (vErrors === null) {
          vErrors = [err42];
        } else {
          vErrors.push(err42);
        }
        errors++;
      }
    }
    if (data.prompt !== void 0) {
      let data25 = data.prompt;
      if (typeof data25 === "string") {
        if (func3(data25) > 1e5) {
          const err43 = { instancePath: instancePath + "/prompt", schemaPath: "#/properties/prompt/maxLength", keyword: "maxLength", params: { limit: 1e5 }, message: "must NOT have more than 100000 characters", schema: 1e5, parentSchema: schema37.properties.prompt, data: data25 };
          if (vErrors === null) {
            vErrors = [err43];
          } else {
            vErrors.push(err43);
          }
          errors++;
        }
      } else {
        const err44 = { instancePath: instancePath + "/prompt", schemaPath: "#/properties/prompt/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema37.properties.prompt.type, parentSchema: schema37.properties.prompt, data: data25 };
        if (vErrors === null) {
          vErrors = [err44];
        } else {
          vErrors.push(err44);
        }
        errors++;
      }
    }
  } else {
    const err45 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema37.type, parentSchema: schema37, data };
    if (vErrors === null) {
      vErrors = [err45];
    } else {
      vErrors.push(err45);
    }
    errors++;
  }
  validate139.errors = vErrors;
  return errors === 0;
}
const policy = validate147;
const schema38 = { "title": "Policy", "description": "`policy/policy.yml`: risk tiers, rules, approvers, limits.", "type": "object", "additionalProperties": false, "required": ["version"], "properties": { "version": { "title": "Version", "description": "The version of this format.", "const": 1 }, "default": { "$ref": "#/definitions/tier" }, "tiers": { "title": "Tiers", "description": "What each tier must pass.", "type": "object", "additionalProperties": false, "patternProperties": { "^(low|medium|high)$": { "type": "object", "additionalProperties": false, "properties": { "gate": { "title": "Gate", "description": "`auto`: ships by itself. `merge-approval`: runs, and a person merges. `proposal`: nothing runs before a person approves.", "type": "string", "enum": ["auto", "merge-approval", "proposal"] }, "approvals": { "title": "Approvals", "description": "How many people must approve.", "type": "integer", "minimum": 1, "maximum": 20, "default": 1 }, "from": { "title": "From", "description": "Groups that they must belong to.", "type": "array", "items": { "$ref": "#/definitions/identifier" } }, "integrate": { "$ref": "#/definitions/via" }, "draft": { "title": "Draft", "description": "The pull request of a result of this tier is a draft: a proposal, until somebody marks it ready.", "type": "boolean", "default": false }, "auto-merge": { "title": "Auto-merge", "description": "The runner merges the pull request of a result of this tier, once the checks that the forge asks for have passed, one at the least, while nobody who may write asks for changes, and while it is exactly what was decided on. Otherwise people merge it.", "type": "boolean", "default": false } } } } }, "approvers": { "title": "Approvers", "description": "Who may approve.", "type": "array", "maxItems": 500, "items": { "type": "object", "additionalProperties": false, "required": ["id"], "properties": { "id": { "$ref": "#/definitions/identifier" }, "emails": { "title": "E-mail addresses", "description": "As in their commits.", "type": "array", "items": { "type": "string", "minLength": 3 } }, "logins": { "title": "Logins", "description": "Their login by forge.", "type": "object", "additionalProperties": { "type": "string" } }, "keys": { "title": "Keys", "description": "Their SSH public keys.", "type": "array", "items": { "type": "string", "minLength": 20 } }, "groups": { "title": "Groups", "description": "Groups they belong to.", "type": "array", "items": { "$ref": "#/definitions/identifier" } } } } }, "verify": { "title": "Verify", "description": "How an approver is told.", "type": "string", "enum": ["signature", "forge", "identity"], "default": "signature" }, "rules": { "title": "Rules", "description": "All that match count; the highest tier wins.", "type": "array", "maxItems": 500, "items": { "allOf": [{ "$ref": "#/definitions/policyRule" }, { "type": "object", "required": ["tier"], "properties": { "tier": {} } }] } }, "deny": { "title": "Deny", "description": "What must never ship, whoever approves.", "type": "array", "maxItems": 500, "items": { "$ref": "#/definitions/policyRule" } }, "knowledge": { "title": "Knowledge", "description": "What becomes of lessons that agents propose.", "type": "object", "additionalProperties": false, "properties": { "lands": { "title": "Lands", "description": "`auto`: a lesson of a run that succeeded is read by the next ones. `propose`: it lies in `knowledge/proposed/` until a person accepts it. `none`: it is dropped, and the report says so.", "type": "string", "enum": ["auto", "propose", "none"], "default": "propose" } } }, "limits": { "title": "Limits", "description": "Bounds on what runs of a day (UTC) may use, and on open requests. An order over a limit waits; nothing is dropped.", "type": "object", "additionalProperties": false, "properties": { "orders-per-day": { "title": "Orders a day", "description": "Runs started.", "type": "integer", "minimum": 1 }, "cost-per-day": { "title": "Cost a day", "description": "US dollars, by the prices under `models`.", "type": "number", "exclusiveMinimum": 0 }, "tokens-per-day": { "title": "Tokens a day", "description": "Model tokens used.", "type": "integer", "minimum": 1 }, "time-per-day": { "$ref": "#/definitions/duration" }, "lines-per-day": { "title": "Lines a day", "description": "Lines added and removed by what shipped.", "type": "integer", "minimum": 1 }, "open-requests": { "title": "Open requests", "description": "Vault requests that may wait for people at the same time.", "type": "integer", "minimum": 1 }, "children": { "title": "Children", "description": "Orders that one step may file.", "type": "integer", "minimum": 1, "maximum": 100, "default": 20 }, "depth": { "title": "Depth", "description": "How far orders that runs file may be from one that a person or a trigger filed.", "type": "integer", "minimum": 1, "maximum": 10, "default": 2 }, "step": { "title": "Step", "description": "The most that any step may use, whatever `pushpals.yml` and its formula say.", "type": "object", "additionalProperties": false, "properties": { "cpus": { "$ref": "#/definitions/cpus" }, "memory": { "$ref": "#/definitions/size" }, "pids": { "$ref": "#/definitions/pids" }, "disk": { "$ref": "#/definitions/size" }, "files": { "$ref": "#/definitions/fileCount" }, "output": { "$ref": "#/definitions/size" }, "time": { "$ref": "#/definitions/duration" } } }, "agents": { "title": "Agents", "description": "The same for one agent: the `agent` of a formula, or the formula where it has none.", "type": "object", "additionalProperties": { "$ref": "#/definitions/perDay" } } } }, "network": { "title": "Network", "description": "The most that any step may reach.", "type": "object", "additionalProperties": false, "properties": { "allow": { "$ref": "#/definitions/network" }, "private": { "title": "Private hosts", "description": "Which of the allowed hosts may have private addresses, such as a registry of your own; all others are refused at those. Link-local addresses, such as a cloud's metadata, stay out of reach.", "type": "array", "maxItems": 200, "items": { "title": "Private host", "description": "A host's name without a port; `*.corp.example` for every name under it. `localhost` is the machine of the runner.", "type": "string", "maxLength": 253, "pattern": "^(\\*\\.)?[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$" } } } }, "secrets": { "title": "Secrets", "description": "Who gets which secret. One that is not named here goes to nobody.", "type": "object", "maxProperties": 200, "propertyNames": { "$ref": "#/definitions/secretName" }, "additionalProperties": { "title": "Grant", "type": "object", "additionalProperties": false, "required": ["formulas"], "properties": { "formulas": { "title": "Formulas", "description": "Formulas whose steps may have it.", "type": "array", "minItems": 1, "maxItems": 200, "items": { "$ref": "#/definitions/identifier" } }, "tier": { "$ref": "#/definitions/tier" }, "after-agent": { "title": "After an agent", "description": "Also steps that run after an agent has changed the tree, or on a branch that an agent may have written, get it: they can run what the agent wrote. Their tier is high then, whatever `tier` says.", "type": "boolean", "default": false } } } }, "image-policy": { "$ref": "#/definitions/imagePolicy" }, "secret-scan": { "title": "Secret scan", "description": "What is known to look like a credential and is none. Comments in files have no say in it.", "type": "object", "additionalProperties": false, "properties": { "allow": { "title": "Allow", "description": "Findings that do not count.", "type": "array", "maxItems": 200, "items": { "type": "object", "additionalProperties": false, "required": ["path"], "properties": { "path": { "title": "Path", "description": "A glob, relative to the top of the repository.", "type": "string", "minLength": 1, "maxLength": 500 }, "rule": { "title": "Rule", "description": "The rule that may find something there, as a failure names it. Default: every rule.", "type": "string", "pattern": "^[a-z0-9@/-]{1,100}$" } } } } } }, "routes": { "title": "Routes", "description": "Which formula an order gets that names none; the first that matches.", "type": "array", "maxItems": 200, "items": { "type": "object", "additionalProperties": false, "required": ["when", "formula"], "properties": { "when": { "$ref": "#/definitions/cel" }, "formula": { "$ref": "#/definitions/identifier" } } } } } };
const schema39 = { "title": "Policy rule", "description": "A condition with a name.", "type": "object", "additionalProperties": false, "required": ["id"], "properties": { "id": { "$ref": "#/definitions/identifier" }, "tier": { "$ref": "#/definitions/tier" }, "formula": { "$ref": "#/definitions/identifier" }, "paths": { "$ref": "#/definitions/globs" }, "only-paths": { "$ref": "#/definitions/globs" }, "when": { "$ref": "#/definitions/cel" } } };
function validate153(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.id === void 0) {
      const err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "id" }, message: "must have required property 'id'", schema: schema39.required, parentSchema: schema39, data };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    for (const key0 in data) {
      if (!(key0 === "id" || key0 === "tier" || key0 === "formula" || key0 === "paths" || key0 === "only-paths" || key0 === "when")) {
        const err1 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties", schema: false, parentSchema: schema39, data };
        if (vErrors === null) {
          vErrors = [err1];
        } else {
          vErrors.push(err1);
        }
        errors++;
      }
    }
    if (data.id !== void 0) {
      if (!validate48(data.id, { instancePath: instancePath + "/id", parentData: data, parentDataProperty: "id", rootData })) {
        vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
        errors = vErrors.length;
      }
    }
    if (data.tier !== void 0) {
      if (!validate57(data.tier, { instancePath: instancePath + "/tier", parentData: data, parentDataProperty: "tier", rootData })) {
        vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
        errors = vErrors.length;
      }
    }
    if (data.formula !== void 0) {
      if (!validate48(data.formula, { instancePath: instancePath + "/formula", parentData: data, parentDataProperty: "formula", rootData })) {
        vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
        errors = vErrors.length;
      }
    }
    if (data.paths !== void 0) {
      if (!validate69(data.paths, { instancePath: instancePath + "/paths", parentData: data, parentDataProperty: "paths", rootData })) {
        vErrors = vErrors === null ? validate69.errors : vErrors.concat(validate69.errors);
        errors = vErrors.length;
      }
    }
    if (data["only-paths"] !== void 0) {
      if (!validate69(data["only-paths"], { instancePath: instancePath + "/only-paths", parentData: data, parentDataProperty: "only-paths", rootData })) {
        vErrors = vErrors === null ? validate69.errors : vErrors.concat(validate69.errors);
        errors = vErrors.length;
      }
    }
    if (data.when !== void 0) {
      if (!validate105(data.when, { instancePath: instancePath + "/when", parentData: data, parentDataProperty: "when", rootData })) {
        vErrors = vErrors === null ? validate105.errors : vErrors.concat(validate105.errors);
        errors = vErrors.length;
      }
    }
  } else {
    const err2 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema39.type, parentSchema: schema39, data };
    if (vErrors === null) {
      vErrors = [err2];
    } else {
      vErrors.push(err2);
    }
    errors++;
  }
  validate153.errors = vErrors;
  return errors === 0;
}
const schema40 = { "title": "Limits of a day", "description": "Bounds on what the runs of a day (UTC) may use.", "type": "object", "additionalProperties": false, "properties": { "orders-per-day": { "title": "Orders a day", "description": "Runs started.", "type": "integer", "minimum": 1 }, "cost-per-day": { "title": "Cost a day", "description": "US dollars, by the prices under `models`.", "type": "number", "exclusiveMinimum": 0 }, "tokens-per-day": { "title": "Tokens a day", "description": "Model tokens used.", "type": "integer", "minimum": 1 }, "time-per-day": { "$ref": "#/definitions/duration" }, "lines-per-day": { "title": "Lines a day", "description": "Lines added and removed by what shipped.", "type": "integer", "minimum": 1 } } };
function validate170(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!(key0 === "orders-per-day" || key0 === "cost-per-day" || key0 === "tokens-per-day" || key0 === "time-per-day" || key0 === "lines-per-day")) {
        const err0 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties", schema: false, parentSchema: schema40, data };
        if (vErrors === null) {
          vErrors = [err0];
        } else {
          vErrors.push(err0);
        }
        errors++;
      }
    }
    if (data["orders-per-day"] !== void 0) {
      let data0 = data["orders-per-day"];
      if (!(typeof data0 == "number" && (!(data0 % 1) && !isNaN(data0)) && isFinite(data0))) {
        const err1 = { instancePath: instancePath + "/orders-per-day", schemaPath: "#/properties/orders-per-day/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema40.properties["orders-per-day"].type, parentSchema: schema40.properties["orders-per-day"], data: data0 };
        if (vErrors === null) {
          vErrors = [err1];
        } else {
          vErrors.push(err1);
        }
        errors++;
      }
      if (typeof data0 == "number" && isFinite(data0)) {
        if (data0 < 1 || isNaN(data0)) {
          const err2 = { instancePath: instancePath + "/orders-per-day", schemaPath: "#/properties/orders-per-day/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1", schema: 1, parentSchema: schema40.properties["orders-per-day"], data: data0 };
          if (vErrors === null) {
            vErrors = [err2];
          } else {
            vErrors.push(err2);
          }
          errors++;
        }
      }
    }
    if (data["cost-per-day"] !== void 0) {
      let data1 = data["cost-per-day"];
      if (typeof data1 == "number" && isFinite(data1)) {
        if (data1 <= 0 || isNaN(data1)) {
          const err3 = { instancePath: instancePath + "/cost-per-day", schemaPath: "#/properties/cost-per-day/exclusiveMinimum", keyword: "exclusiveMinimum", params: { comparison: ">", limit: 0 }, message: "must be > 0", schema: 0, parentSchema: schema40.properties["cost-per-day"], data: data1 };
          if (vErrors === null) {
            vErrors = [err3];
          } else {
            vErrors.push(err3);
          }
          errors++;
        }
      } else {
        const err4 = { instancePath: instancePath + "/cost-per-day", schemaPath: "#/properties/cost-per-day/type", keyword: "type", params: { type: "number" }, message: "must be number", schema: schema40.properties["cost-per-day"].type, parentSchema: schema40.properties["cost-per-day"], data: data1 };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
    }
    if (data["tokens-per-day"] !== void 0) {
      let data2 = data["tokens-per-day"];
      if (!(typeof data2 == "number" && (!(data2 % 1) && !isNaN(data2)) && isFinite(data2))) {
        const err5 = { instancePath: instancePath + "/tokens-per-day", schemaPath: "#/properties/tokens-per-day/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema40.properties["tokens-per-day"].type, parentSchema: schema40.properties["tokens-per-day"], data: data2 };
        if (vErrors === null) {
          vErrors = [err5];
        } else {
          vErrors.push(err5);
        }
        errors++;
      }
      if (typeof data2 == "number" && isFinite(data2)) {
        if (data2 < 1 || isNaN(data2)) {
          const err6 = { instancePath: instancePath + "/tokens-per-day", schemaPath: "#/properties/tokens-per-day/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1", schema: 1, parentSchema: schema40.properties["tokens-per-day"], data: data2 };
          if (vErrors === null) {
            vErrors = [err6];
          } else {
            vErrors.push(err6);
          }
          errors++;
        }
      }
    }
    if (data["time-per-day"] !== void 0) {
      if (!validate26(data["time-per-day"], { instancePath: instancePath + "/time-per-day", parentData: data, parentDataProperty: "time-per-day", rootData })) {
        vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
        errors = vErrors.length;
      }
    }
    if (data["lines-per-day"] !== void 0) {
      let data4 = data["lines-per-day"];
      if (!(typeof data4 == "number" && (!(data4 % 1) && !isNaN(data4)) && isFinite(data4))) {
        const err7 = { instancePath: instancePath + "/lines-per-day", schemaPath: "#/properties/lines-per-day/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema40.properties["lines-per-day"].type, parentSchema: schema40.properties["lines-per-day"], data: data4 };
        if (vErrors === null) {
          vErrors = [err7];
        } else {
          vErrors.push(err7);
        }
        errors++;
      }
      if (typeof data4 == "number" && isFinite(data4)) {
        if (data4 < 1 || isNaN(data4)) {
          const err8 = { instancePath: instancePath + "/lines-per-day", schemaPath: "#/properties/lines-per-day/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1", schema: 1, parentSchema: schema40.properties["lines-per-day"], data: data4 };
          if (vErrors === null) {
            vErrors = [err8];
          } else {
            vErrors.push(err8);
          }
          errors++;
        }
      }
    }
  } else {
    const err9 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema40.type, parentSchema: schema40, data };
    if (vErrors === null) {
      vErrors = [err9];
    } else {
      vErrors.push(err9);
    }
    errors++;
  }
  validate170.errors = vErrors;
  return errors === 0;
}
const pattern32 = new RegExp("^(low|medium|high)$", "u");
const pattern34 = new RegExp("^(\\*\\.)?[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$", "u");
const pattern35 = new RegExp("^[a-z0-9@/-]{1,100}$", "u");
function validate147(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.version === void 0) {
      const err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "version" }, message: "must have required property 'version'", schema: schema38.required, parentSchema: schema38, data };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    for (const key0 in data) {
      if (!func2.call(schema38.properties, key0)) {
        const err1 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties", schema: false, parentSchema: schema38, data };
        if (vErrors === null) {
          vErrors = [err1];
        } else {
          vErrors.push(err1);
        }
        errors++;
      }
    }
    if (data.version !== void 0) {
      let data0 = data.version;
      if (1 !== data0) {
        const err2 = { instancePath: instancePath + "/version", schemaPath: "#/properties/version/const", keyword: "const", params: { allowedValue: 1 }, message: "must be equal to constant", schema: 1, parentSchema: schema38.properties.version, data: data0 };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
    }
    if (data.default !== void 0) {
      if (!validate57(data.default, { instancePath: instancePath + "/default", parentData: data, parentDataProperty: "default", rootData })) {
        vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
        errors = vErrors.length;
      }
    }
    if (data.tiers !== void 0) {
      let data2 = data.tiers;
      if (data2 && typeof data2 == "object" && !Array.isArray(data2)) {
        for (const key1 in data2) {
          if (!pattern32.test(key1)) {
            const err3 = { instancePath: instancePath + "/tiers", schemaPath: "#/properties/tiers/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key1 }, message: "must NOT have additional properties", schema: false, parentSchema: schema38.properties.tiers, data: data2 };
            if (vErrors === null) {
              vErrors = [err3];
            } else {
              vErrors.push(err3);
            }
            errors++;
          }
        }
        for (const key2 in data2) {
          if (pattern32.test(key2)) {
            let data3 = data2[key2];
            if (data3 && typeof data3 == "object" && !Array.isArray(data3)) {
              for (const key3 in data3) {
                if (!(key3 === "gate" || key3 === "approvals" || key3 === "from" || key3 === "integrate" || key3 === "draft" || key3 === "auto-merge")) {
                  const err4 = { instancePath: instancePath + "/tiers/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/tiers/patternProperties/%5E(low%7Cmedium%7Chigh)%24/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key3 }, message: "must NOT have additional properties", schema: false, parentSchema: schema38.properties.tiers.patternProperties["^(low|medium|high)$"], data: data3 };
                  if (vErrors === null) {
                    vErrors = [err4];
                  } else {
                    vErrors.push(err4);
                  }
                  errors++;
                }
              }
              if (data3.gate !== void 0) {
                let data4 = data3.gate;
                if (typeof data4 !== "string") {
                  const err5 = { instancePath: instancePath + "/tiers/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/gate", schemaPath: "#/properties/tiers/patternProperties/%5E(low%7Cmedium%7Chigh)%24/properties/gate/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema38.properties.tiers.patternProperties["^(low|medium|high)$"].properties.gate.type, parentSchema: schema38.properties.tiers.patternProperties["^(low|medium|high)$"].properties.gate, data: data4 };
                  if (vErrors === null) {
                    vErrors = [err5];
                  } else {
                    vErrors.push(err5);
                  }
                  errors++;
                }
                if (!(data4 === "auto" || data4 === "merge-approval" || data4 === "proposal")) {
                  const err6 = { instancePath: instancePath + "/tiers/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/gate", schemaPath: "#/properties/tiers/patternProperties/%5E(low%7Cmedium%7Chigh)%24/properties/gate/enum", keyword: "enum", params: { allowedValues: schema38.properties.tiers.patternProperties["^(low|medium|high)$"].properties.gate.enum }, message: "must be equal to one of the allowed values", schema: schema38.properties.tiers.patternProperties["^(low|medium|high)$"].properties.gate.enum, parentSchema: schema38.properties.tiers.patternProperties["^(low|medium|high)$"].properties.gate, data: data4 };
                  if (vErrors === null) {
                    vErrors = [err6];
                  } else {
                    vErrors.push(err6);
                  }
                  errors++;
                }
              }
              if (data3.approvals !== void 0) {
                let data5 = data3.approvals;
                if (!(typeof data5 == "number" && (!(data5 % 1) && !isNaN(data5)) && isFinite(data5))) {
                  const err7 = { instancePath: instancePath + "/tiers/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/approvals", schemaPath: "#/properties/tiers/patternProperties/%5E(low%7Cmedium%7Chigh)%24/properties/approvals/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema38.properties.tiers.patternProperties["^(low|medium|high)$"].properties.approvals.type, parentSchema: schema38.properties.tiers.patternProperties["^(low|medium|high)$"].properties.approvals, data: data5 };
                  if (vErrors === null) {
                    vErrors = [err7];
                  } else {
                    vErrors.push(err7);
                  }
                  errors++;
                }
                if (typeof data5 == "number" && isFinite(data5)) {
                  if (data5 > 20 || isNaN(data5)) {
                    const err8 = { instancePath: instancePath + "/tiers/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/approvals", schemaPath: "#/properties/tiers/patternProperties/%5E(low%7Cmedium%7Chigh)%24/properties/approvals/maximum", keyword: "maximum", params: { comparison: "<=", limit: 20 }, message: "must be <= 20", schema: 20, parentSchema: schema38.properties.tiers.patternProperties["^(low|medium|high)$"].properties.approvals, data: data5 };
                    if (vErrors === null) {
                      vErrors = [err8];
                    } else {
                      vErrors.push(err8);
                    }
                    errors++;
                  }
                  if (data5 < 1 || isNaN(data5)) {
                    const err9 = { instancePath: instancePath + "/tiers/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/approvals", schemaPath: "#/properties/tiers/patternProperties/%5E(low%7Cmedium%7Chigh)%24/properties/approvals/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1", schema: 1, parentSchema: schema38.properties.tiers.patternProperties["^(low|medium|high)$"].properties.approvals, data: data5 };
                    if (vErrors === null) {
                      vErrors = [err9];
                    } else {
                      vErrors.push(err9);
                    }
                    errors++;
                  }
                }
              }
              if (data3.from !== void 0) {
                let data6 = data3.from;
                if (Array.isArray(data6)) {
                  const len0 = data6.length;
                  for (let i0 = 0; i0 < len0; i0++) {
                    if (!validate48(data6[i0], { instancePath: instancePath + "/tiers/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/from/" + i0, parentData: data6, parentDataProperty: i0, rootData })) {
                      vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
                      errors = vErrors.length;
                    }
                  }
                } else {
                  const err10 = { instancePath: instancePath + "/tiers/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/from", schemaPath: "#/properties/tiers/patternProperties/%5E(low%7Cmedium%7Chigh)%24/properties/from/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema38.properties.tiers.patternProperties["^(low|medium|high)$"].properties.from.type, parentSchema: schema38.properties.tiers.patternProperties["^(low|medium|high)$"].properties.from, data: data6 };
                  if (vErrors === null) {
                    vErrors = [err10];
                  } else {
                    vErrors.push(err10);
                  }
                  errors++;
                }
              }
              if (data3.integrate !== void 0) {
                if (!validate52(data3.integrate, { instancePath: instancePath + "/tiers/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/integrate", parentData: data3, parentDataProperty: "integrate", rootData })) {
                  vErrors = vErrors === null ? validate52.errors : vErrors.concat(validate52.errors);
                  errors = vErrors.length;
                }
              }
              if (data3.draft !== void 0) {
                let data9 = data3.draft;
                if (typeof data9 !== "boolean") {
                  const err11 = { instancePath: instancePath + "/tiers/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/draft", schemaPath: "#/properties/tiers/patternProperties/%5E(low%7Cmedium%7Chigh)%24/properties/draft/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean", schema: schema38.properties.tiers.patternProperties["^(low|medium|high)$"].properties.draft.type, parentSchema: schema38.properties.tiers.patternProperties["^(low|medium|high)$"].properties.draft, data: data9 };
                  if (vErrors === null) {
                    vErrors = [err11];
                  } else {
                    vErrors.push(err11);
                  }
                  errors++;
                }
              }
              if (data3["auto-merge"] !== void 0) {
                let data10 = data3["auto-merge"];
                if (typeof data10 !== "boolean") {
                  const err12 = { instancePath: instancePath + "/tiers/" + key2.replace(/~/g, "~0").replace(/\//g, "~1") + "/auto-merge", schemaPath: "#/properties/tiers/patternProperties/%5E(low%7Cmedium%7Chigh)%24/properties/auto-merge/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean", schema: schema38.properties.tiers.patternProperties["^(low|medium|high)$"].properties["auto-merge"].type, parentSchema: schema38.properties.tiers.patternProperties["^(low|medium|high)$"].properties["auto-merge"], data: data10 };
                  if (vErrors === null) {
                    vErrors = [err12];
                  } else {
                    vErrors.push(err12);
                  }
                  errors++;
                }
              }
            } else {
              const err13 = { instancePath: instancePath + "/tiers/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/tiers/patternProperties/%5E(low%7Cmedium%7Chigh)%24/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema38.properties.tiers.patternProperties["^(low|medium|high)$"].type, parentSchema: schema38.properties.tiers.patternProperties["^(low|medium|high)$"], data: data3 };
              if (vErrors === null) {
                vErrors = [err13];
              } else {
                vErrors.push(err13);
              }
              errors++;
            }
          }
        }
      } else {
        const err14 = { instancePath: instancePath + "/tiers", schemaPath: "#/properties/tiers/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema38.properties.tiers.type, parentSchema: schema38.properties.tiers, data: data2 };
        if (vErrors === null) {
          vErrors = [err14];
        } else {
          vErrors.push(err14);
        }
        errors++;
      }
    }
    if (data.approvers !== void 0) {
      let data11 = data.approvers;
      if (Array.isArray(data11)) {
        if (data11.length > 500) {
          const err15 = { instancePath: instancePath + "/approvers", schemaPath: "#/properties/approvers/maxItems", keyword: "maxItems", params: { limit: 500 }, message: "must NOT have more than 500 items", schema: 500, parentSchema: schema38.properties.approvers, data: data11 };
          if (vErrors === null) {
            vErrors = [err15];
          } else {
            vErrors.push(err15);
          }
          errors++;
        }
        const len1 = data11.length;
        for (let i1 = 0; i1 < len1; i1++) {
          let data12 = data11[i1];
          if (data12 && typeof data12 == "object" && !Array.isArray(data12)) {
            if (data12.id === void 0) {
              const err16 = { instancePath: instancePath + "/approvers/" + i1, schemaPath: "#/properties/approvers/items/required", keyword: "required", params: { missingProperty: "id" }, message: "must have required property 'id'", schema: schema38.properties.approvers.items.required, parentSchema: schema38.properties.approvers.items, data: data12 };
              if (vErrors === null) {
                vErrors = [err16];
              } else {
                vErrors.push(err16);
              }
              errors++;
            }
            for (const key4 in data12) {
              if (!(key4 === "id" || key4 === "emails" || key4 === "logins" || key4 === "keys" || key4 === "groups")) {
                const err17 = { instancePath: instancePath + "/approvers/" + i1, schemaPath: "#/properties/approvers/items/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key4 }, message: "must NOT have additional properties", schema: false, parentSchema: schema38.properties.approvers.items, data: data12 };
                if (vErrors === null) {
                  vErrors = [err17];
                } else {
                  vErrors.push(err17);
                }
                errors++;
              }
            }
            if (data12.id !== void 0) {
              if (!validate48(data12.id, { instancePath: instancePath + "/approvers/" + i1 + "/id", parentData: data12, parentDataProperty: "id", rootData })) {
                vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
                errors = vErrors.length;
              }
            }
            if (data12.emails !== void 0) {
              let data14 = data12.emails;
              if (Array.isArray(data14)) {
                const len2 = data14.length;
                for (let i2 = 0; i2 < len2; i2++) {
                  let data15 = data14[i2];
                  if (typeof data15 === "string") {
                    if (func3(data15) < 3) {
                      const err18 = { instancePath: instancePath + "/approvers/" + i1 + "/emails/" + i2, schemaPath: "#/properties/approvers/items/properties/emails/items/minLength", keyword: "minLength", params: { limit: 3 }, message: "must NOT have fewer than 3 characters", schema: 3, parentSchema: schema38.properties.approvers.items.properties.emails.items, data: data15 };
                      if (vErrors === null) {
                        vErrors = [err18];
                      } else {
                        vErrors.push(err18);
                      }
                      errors++;
                    }
                  } else {
                    const err19 = { instancePath: instancePath + "/approvers/" + i1 + "/emails/" + i2, schemaPath: "#/properties/approvers/items/properties/emails/items/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema38.properties.approvers.items.properties.emails.items.type, parentSchema: schema38.properties.approvers.items.properties.emails.items, data: data15 };
                    if (vErrors === null) {
                      vErrors = [err19];
                    } else {
                      vErrors.push(err19);
                    }
                    errors++;
                  }
                }
              } else {
                const err20 = { instancePath: instancePath + "/approvers/" + i1 + "/emails", schemaPath: "#/properties/approvers/items/properties/emails/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema38.properties.approvers.items.properties.emails.type, parentSchema: schema38.properties.approvers.items.properties.emails, data: data14 };
                if (vErrors === null) {
                  vErrors = [err20];
                } else {
                  vErrors.push(err20);
                }
                errors++;
              }
            }
            if (data12.logins !== void 0) {
              let data16 = data12.logins;
              if (data16 && typeof data16 == "object" && !Array.isArray(data16)) {
                for (const key5 in data16) {
                  let data17 = data16[key5];
                  if (typeof data17 !== "string") {
                    const err21 = { instancePath: instancePath + "/approvers/" + i1 + "/logins/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/approvers/items/properties/logins/additionalProperties/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema38.properties.approvers.items.properties.logins.additionalProperties.type, parentSchema: schema38.properties.approvers.items.properties.logins.additionalProperties, data: data17 };
                    if (vErrors === null) {
                      vErrors = [err21];
                    } else {
                      vErrors.push(err21);
                    }
                    errors++;
                  }
                }
              } else {
                const err22 = { instancePath: instancePath + "/approvers/" + i1 + "/logins", schemaPath: "#/properties/approvers/items/properties/logins/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema38.properties.approvers.items.properties.logins.type, parentSchema: schema38.properties.approvers.items.properties.logins, data: data16 };
                if (vErrors === null) {
                  vErrors = [err22];
                } else {
                  vErrors.push(err22);
                }
                errors++;
              }
            }
            if (data12.keys !== void 0) {
              let data18 = data12.keys;
              if (Array.isArray(data18)) {
                const len3 = data18.length;
                for (let i3 = 0; i3 < len3; i3++) {
                  let data19 = data18[i3];
                  if (typeof data19 === "string") {
                    if (func3(data19) < 20) {
                      const err23 = { instancePath: instancePath + "/approvers/" + i1 + "/keys/" + i3, schemaPath: "#/properties/approvers/items/properties/keys/items/minLength", keyword: "minLength", params: { limit: 20 }, message: "must NOT have fewer than 20 characters", schema: 20, parentSchema: schema38.properties.approvers.items.properties.keys.items, data: data19 };
                      if (vErrors === null) {
                        vErrors = [err23];
                      } else {
                        vErrors.push(err23);
                      }
                      errors++;
                    }
                  } else {
                    const err24 = { instancePath: instancePath + "/approvers/" + i1 + "/keys/" + i3, schemaPath: "#/properties/approvers/items/properties/keys/items/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema38.properties.approvers.items.properties.keys.items.type, parentSchema: schema38.properties.approvers.items.properties.keys.items, data: data19 };
                    if (vErrors === null) {
                      vErrors = [err24];
                    } else {
                      vErrors.push(err24);
                    }
                    errors++;
                  }
                }
              } else {
                const err25 = { instancePath: instancePath + "/approvers/" + i1 + "/keys", schemaPath: "#/properties/approvers/items/properties/keys/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema38.properties.approvers.items.properties.keys.type, parentSchema: schema38.properties.approvers.items.properties.keys, data: data18 };
                if (vErrors === null) {
                  vErrors = [err25];
                } else {
                  vErrors.push(err25);
                }
                errors++;
              }
            }
            if (data12.groups !== void 0) {
              let data20 = data12.groups;
              if (Array.isArray(data20)) {
                const len4 = data20.length;
                for (let i4 = 0; i4 < len4; i4++) {
                  if (!validate48(data20[i4], { instancePath: instancePath + "/approvers/" + i1 + "/groups/" + i4, parentData: data20, parentDataProperty: i4, rootData })) {
                    vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
                    errors = vErrors.length;
                  }
                }
              } else {
                const err26 = { instancePath: instancePath + "/approvers/" + i1 + "/groups", schemaPath: "#/properties/approvers/items/properties/groups/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema38.properties.approvers.items.properties.groups.type, parentSchema: schema38.properties.approvers.items.properties.groups, data: data20 };
                if (vErrors === null) {
                  vErrors = [err26];
                } else {
                  vErrors.push(err26);
                }
                errors++;
              }
            }
          } else {
            const err27 = { instancePath: instancePath + "/approvers/" + i1, schemaPath: "#/properties/approvers/items/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema38.properties.approvers.items.type, parentSchema: schema38.properties.approvers.items, data: data12 };
            if (vErrors === null) {
              vErrors = [err27];
            } else {
              vErrors.push(err27);
            }
            errors++;
          }
        }
      } else {
        const err28 = { instancePath: instancePath + "/approvers", schemaPath: "#/properties/approvers/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema38.properties.approvers.type, parentSchema: schema38.properties.approvers, data: data11 };
        if (vErrors === null) {
          vErrors = [err28];
        } else {
          vErrors.push(err28);
        }
        errors++;
      }
    }
    if (data.verify !== void 0) {
      let data22 = data.verify;
      if (typeof data22 !== "string") {
        const err29 = { instancePath: instancePath + "/verify", schemaPath: "#/properties/verify/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema38.properties.verify.type, parentSchema: schema38.properties.verify, data: data22 };
        if (vErrors === null) {
          vErrors = [err29];
        } else {
          vErrors.push(err29);
        }
        errors++;
      }
      if (!(data22 === "signature" || data22 === "forge" || data22 === "identity")) {
        const err30 = { instancePath: instancePath + "/verify", schemaPath: "#/properties/verify/enum", keyword: "enum", params: { allowedValues: schema38.properties.verify.enum }, message: "must be equal to one of the allowed values", schema: schema38.properties.verify.enum, parentSchema: schema38.properties.verify, data: data22 };
        if (vErrors === null) {
          vErrors = [err30];
        } else {
          vErrors.push(err30);
        }
        errors++;
      }
    }
    if (data.rules !== void 0) {
      let data23 = data.rules;
      if (Array.isArray(data23)) {
        if (data23.length > 500) {
          const err31 = { instancePath: instancePath + "/rules", schemaPath: "#/properties/rules/maxItems", keyword: "maxItems", params: { limit: 500 }, message: "must NOT have more than 500 items", schema: 500, parentSchema: schema38.properties.rules, data: data23 };
          if (vErrors === null) {
            vErrors = [err31];
          } else {
            vErrors.push(err31);
          }
          errors++;
        }
        const len5 = data23.length;
        for (let i5 = 0; i5 < len5; i5++) {
          let data24 = data23[i5];
          if (!validate153(data24, { instancePath: instancePath + "/rules/" + i5, parentData: data23, parentDataProperty: i5, rootData })) {
            vErrors = vErrors === null ? validate153.errors : vErrors.concat(validate153.errors);
            errors = vErrors.length;
          }
          if (data24 && typeof data24 == "object" && !Array.isArray(data24)) {
            if (data24.tier === void 0) {
              const err32 = { instancePath: instancePath + "/rules/" + i5, schemaPath: "#/properties/rules/items/allOf/1/required", keyword: "required", params: { missingProperty: "tier" }, message: "must have required property 'tier'", schema: schema38.properties.rules.items.allOf[1].required, parentSchema: schema38.properties.rules.items.allOf[1], data: data24 };
              if (vErrors === null) {
                vErrors = [err32];
              } else {
                vErrors.push(err32);
              }
              errors++;
            }
          } else {
            const err33 = { instancePath: instancePath + "/rules/" + i5, schemaPath: "#/properties/rules/items/allOf/1/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema38.properties.rules.items.allOf[1].type, parentSchema: schema38.properties.rules.items.allOf[1], data: data24 };
            if (vErrors === null) {
              vErrors = [err33];
            } else {
              vErrors.push(err33);
            }
            errors++;
          }
        }
      } else {
        const err34 = { instancePath: instancePath + "/rules", schemaPath: "#/properties/rules/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema38.properties.rules.type, parentSchema: schema38.properties.rules, data: data23 };
        if (vErrors === null) {
          vErrors = [err34];
        } else {
          vErrors.push(err34);
        }
        errors++;
      }
    }
    if (data.deny !== void 0) {
      let data25 = data.deny;
      if (Array.isArray(data25)) {
        if (data25.length > 500) {
          const err35 = { instancePath: instancePath + "/deny", schemaPath: "#/properties/deny/maxItems", keyword: "maxItems", params: { limit: 500 }, message: "must NOT have more than 500 items", schema: 500, parentSchema: schema38.properties.deny, data: data25 };
          if (vErrors === null) {
            vErrors = [err35];
          } else {
            vErrors.push(err35);
          }
          errors++;
        }
        const len6 = data25.length;
        for (let i6 = 0; i6 < len6; i6++) {
          if (!validate153(data25[i6], { instancePath: instancePath + "/deny/" + i6, parentData: data25, parentDataProperty: i6, rootData })) {
            vErrors = vErrors === null ? validate153.errors : vErrors.concat(validate153.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err36 = { instancePath: instancePath + "/deny", schemaPath: "#/properties/deny/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema38.properties.deny.type, parentSchema: schema38.properties.deny, data: data25 };
        if (vErrors === null) {
          vErrors = [err36];
        } else {
          vErrors.push(err36);
        }
        errors++;
      }
    }
    if (data.knowledge !== void 0) {
      let data27 = data.knowledge;
      if (data27 && typeof data27 == "object" && !Array.isArray(data27)) {
        for (const key6 in data27) {
          if (!(key6 === "lands")) {
            const err37 = { instancePath: instancePath + "/knowledge", schemaPath: "#/properties/knowledge/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key6 }, message: "must NOT have additional properties", schema: false, parentSchema: schema38.properties.knowledge, data: data27 };
            if (vErrors === null) {
              vErrors = [err37];
            } else {
              vErrors.push(err37);
            }
            errors++;
          }
        }
        if (data27.lands !== void 0) {
          let data28 = data27.lands;
          if (typeof data28 !== "string") {
            const err38 = { instancePath: instancePath + "/knowledge/lands", schemaPath: "#/properties/knowledge/properties/lands/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema38.properties.knowledge.properties.lands.type, parentSchema: schema38.properties.knowledge.properties.lands, data: data28 };
            if (vErrors === null) {
              vErrors = [err38];
            } else {
              vErrors.push(err38);
            }
            errors++;
          }
          if (!(data28 === "auto" || data28 === "propose" || data28 === "none")) {
            const err39 = { instancePath: instancePath + "/knowledge/lands", schemaPath: "#/properties/knowledge/properties/lands/enum", keyword: "enum", params: { allowedValues: schema38.properties.knowledge.properties.lands.enum }, message: "must be equal to one of the allowed values", schema: schema38.properties.knowledge.properties.lands.enum, parentSchema: schema38.properties.knowledge.properties.lands, data: data28 };
            if (vErrors === null) {
              vErrors = [err39];
            } else {
              vErrors.push(err39);
            }
            errors++;
          }
        }
      } else {
        const err40 = { instancePath: instancePath + "/knowledge", schemaPath: "#/properties/knowledge/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema38.properties.knowledge.type, parentSchema: schema38.properties.knowledge, data: data27 };
        if (vErrors === null) {
          vErrors = [err40];
        } else {
          vErrors.push(err40);
        }
        errors++;
      }
    }
    if (data.limits !== void 0) {
      let data29 = data.limits;
      if (data29 && typeof data29 == "object" && !Array.isArray(data29)) {
        for (const key7 in data29) {
          if (!func2.call(schema38.properties.limits.properties, key7)) {
            const err41 = { instancePath: instancePath + "/limits", schemaPath: "#/properties/limits/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key7 }, message: "must NOT have additional properties", schema: false, parentSchema: schema38.properties.limits, data: data29 };
            if (vErrors === null) {
              vErrors = [err41];
            } else {
              vErrors.push(err41);
            }
            errors++;
          }
        }
        if (data29["orders-per-day"] !== void 0) {
          let data30 = data29["orders-per-day"];
          if (!(typeof data30 == "number" && (!(data30 % 1) && !isNaN(data30)) && isFinite(data30))) {
            const err42 = { instancePath: instancePath + "/limits/orders-per-day", schemaPath: "#/properties/limits/properties/orders-per-day/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema38.properties.limits.properties["orders-per-day"].type, parentSchema: schema38.properties.limits.properties["orders-per-day"], data: data30 };
            if (vErrors === null) {
              vErrors = [err42];
            } else {
              vErrors.push(err42);
            }
            errors++;
          }
          if (typeof data30 == "number" && isFinite(data30)) {
            if (data30 < 1 || isNaN(data30)) {
              const err43 = { instancePath: instancePath + "/limits/orders-per-day", schemaPath: "#/properties/limits/properties/orders-per-day/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1", schema: 1, parentSchema: schema38.properties.limits.properties["orders-per-day"], data: data30 };
              if (vErrors === null) {
                vErrors = [err43];
              } else {
                vErrors.push(err43);
              }
              errors++;
            }
          }
        }
        if (data29["cost-per-day"] !== void 0) {
          let data31 = data29["cost-per-day"];
          if (typeof data31 == "number" && isFinite(data31)) {
            if (data31 <= 0 || isNaN(data31)) {
              const err44 = { instancePath: instancePath + "/limits/cost-per-day", schemaPath: "#/properties/limits/properties/cost-per-day/exclusiveMinimum", keyword: "exclusiveMinimum", params: { comparison: ">", limit: 0 }, message: "must be > 0", schema: 0, parentSchema: schema38.properties.limits.properties["cost-per-day"], data: data31 };
              if (vErrors === null) {
                vErrors = [err44];
              } else {
                vErrors.push(err44);
              }
              errors++;
            }
          } else {
            const err45 = { instancePath: instancePath + "/limits/cost-per-day", schemaPath: "#/properties/limits/properties/cost-per-day/type", keyword: "type", params: { type: "number" }, message: "must be number", schema: schema38.properties.limits.properties["cost-per-day"].type, parentSchema: schema38.properties.limits.properties["cost-per-day"], data: data31 };
            if (vErrors === null) {
              vErrors = [err45];
            } else {
              vErrors.push(err45);
            }
            errors++;
          }
        }
        if (data29["tokens-per-day"] !== void 0) {
          let data32 = data29["tokens-per-day"];
          if (!(typeof data32 == "number" && (!(data32 % 1) && !isNaN(data32)) && isFinite(data32))) {
            const err46 = { instancePath: instancePath + "/limits/tokens-per-day", schemaPath: "#/properties/limits/properties/tokens-per-day/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema38.properties.limits.properties["tokens-per-day"].type, parentSchema: schema38.properties.limits.properties["tokens-per-day"], data: data32 };
            if (vErrors === null) {
              vErrors = [err46];
            } else {
              vErrors.push(err46);
            }
            errors++;
          }
          if (typeof data32 == "number" && isFinite(data32)) {
            if (data32 < 1 || isNaN(data32)) {
              const err47 = { instancePath: instancePath + "/limits/tokens-per-day", schemaPath: "#/properties/limits/properties/tokens-per-day/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1", schema: 1, parentSchema: schema38.properties.limits.properties["tokens-per-day"], data: data32 };
              if (vErrors === null) {
                vErrors = [err47];
              } else {
                vErrors.push(err47);
              }
              errors++;
            }
          }
        }
        if (data29["time-per-day"] !== void 0) {
          if (!validate26(data29["time-per-day"], { instancePath: instancePath + "/limits/time-per-day", parentData: data29, parentDataProperty: "time-per-day", rootData })) {
            vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
            errors = vErrors.length;
          }
        }
        if (data29["lines-per-day"] !== void 0) {
          let data34 = data29["lines-per-day"];
          if (!(typeof data34 == "number" && (!(data34 % 1) && !isNaN(data34)) && isFinite(data34))) {
            const err48 = { instancePath: instancePath + "/limits/lines-per-day", schemaPath: "#/properties/limits/properties/lines-per-day/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema38.properties.limits.properties["lines-per-day"].type, parentSchema: schema38.properties.limits.properties["lines-per-day"], data: data34 };
            if (vErrors === null) {
              vErrors = [err48];
            } else {
              vErrors.push(err48);
            }
            errors++;
          }
          if (typeof data34 == "number" && isFinite(data34)) {
            if (data34 < 1 || isNaN(data34)) {
              const err49 = { instancePath: instancePath + "/limits/lines-per-day", schemaPath: "#/properties/limits/properties/lines-per-day/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1", schema: 1, parentSchema: schema38.properties.limits.properties["lines-per-day"], data: data34 };
              if (vErrors === null) {
                vErrors = [err49];
              } else {
                vErrors.push(err49);
              }
              errors++;
            }
          }
        }
        if (data29["open-requests"] !== void 0) {
          let data35 = data29["open-requests"];
          if (!(typeof data35 == "number" && (!(data35 % 1) && !isNaN(data35)) && isFinite(data35))) {
            const err50 = { instancePath: instancePath + "/limits/open-requests", schemaPath: "#/properties/limits/properties/open-requests/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema38.properties.limits.properties["open-requests"].type, parentSchema: schema38.properties.limits.properties["open-requests"], data: data35 };
            if (vErrors === null) {
              vErrors = [err50];
            } else {
              vErrors.push(err50);
            }
            errors++;
          }
          if (typeof data35 == "number" && isFinite(data35)) {
            if (data35 < 1 || isNaN(data35)) {
              const err51 = { instancePath: instancePath + "/limits/open-requests", schemaPath: "#/properties/limits/properties/open-requests/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1", schema: 1, parentSchema: schema38.properties.limits.properties["open-requests"], data: data35 };
              if (vErrors === null) {
                vErrors = [err51];
              } else {
                vErrors.push(err51);
              }
              errors++;
            }
          }
        }
        if (data29.children !== void 0) {
          let data36 = data29.children;
          if (!(typeof data36 == "number" && (!(data36 % 1) && !isNaN(data36)) && isFinite(data36))) {
            const err52 = { instancePath: instancePath + "/limits/children", schemaPath: "#/properties/limits/properties/children/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema38.properties.limits.properties.children.type, parentSchema: schema38.properties.limits.properties.children, data: data36 };
            if (vErrors === null) {
              vErrors = [err52];
            } else {
              vErrors.push(err52);
            }
            errors++;
          }
          if (typeof data36 == "number" && isFinite(data36)) {
            if (data36 > 100 || isNaN(data36)) {
              const err53 = { instancePath: instancePath + "/limits/children", schemaPath: "#/properties/limits/properties/children/maximum", keyword: "maximum", params: { comparison: "<=", limit: 100 }, message: "must be <= 100", schema: 100, parentSchema: schema38.properties.limits.properties.children, data: data36 };
              if (vErrors === null) {
                vErrors = [err53];
              } else {
                vErrors.push(err53);
              }
              errors++;
            }
            if (data36 < 1 || isNaN(data36)) {
              const err54 = { instancePath: instancePath + "/limits/children", schemaPath: "#/properties/limits/properties/children/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1", schema: 1, parentSchema: schema38.properties.limits.properties.children, data: data36 };
              if (vErrors === null) {
                vErrors = [err54];
              } else {
                vErrors.push(err54);
              }
              errors++;
            }
          }
        }
        if (data29.depth !== void 0) {
          let data37 = data29.depth;
          if (!(typeof data37 == "number" && (!(data37 % 1) && !isNaN(data37)) && isFinite(data37))) {
            const err55 = { instancePath: instancePath + "/limits/depth", schemaPath: "#/properties/limits/properties/depth/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema38.properties.limits.properties.depth.type, parentSchema: schema38.properties.limits.properties.depth, data: data37 };
            if (vErrors === null) {
              vErrors = [err55];
            } else {
              vErrors.push(err55);
            }
            errors++;
          }
          if (typeof data37 == "number" && isFinite(data37)) {
            if (data37 > 10 || isNaN(data37)) {
              const err56 = { instancePath: instancePath + "/limits/depth", schemaPath: "#/properties/limits/properties/depth/maximum", keyword: "maximum", params: { comparison: "<=", limit: 10 }, message: "must be <= 10", schema: 10, parentSchema: schema38.properties.limits.properties.depth, data: data37 };
              if (vErrors === null) {
                vErrors = [err56];
              } else {
                vErrors.push(err56);
              }
              errors++;
            }
            if (data37 < 1 || isNaN(data37)) {
              const err57 = { instancePath: instancePath + "/limits/depth", schemaPath: "#/properties/limits/properties/depth/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1", schema: 1, parentSchema: schema38.properties.limits.properties.depth, data: data37 };
              if (vErrors === null) {
                vErrors = [err57];
              } else {
                vErrors.push(err57);
              }
              errors++;
            }
          }
        }
        if (data29.step !== void 0) {
          let data38 = data29.step;
          if (data38 && typeof data38 == "object" && !Array.isArray(data38)) {
            for (const key8 in data38) {
              if (!(key8 === "cpus" || key8 === "memory" || key8 === "pids" || key8 === "disk" || key8 === "files" || key8 === "output" || key8 === "time")) {
                const err58 = { instancePath: instancePath + "/limits/step", schemaPath: "#/properties/limits/properties/step/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key8 }, message: "must NOT have additional properties", schema: false, parentSchema: schema38.properties.limits.properties.step, data: data38 };
                if (vErrors === null) {
                  vErrors = [err58];
                } else {
                  vErrors.push(err58);
                }
                errors++;
              }
            }
            if (data38.cpus !== void 0) {
              if (!validate38(data38.cpus, { instancePath: instancePath + "/limits/step/cpus", parentData: data38, parentDataProperty: "cpus", rootData })) {
                vErrors = vErrors === null ? validate38.errors : vErrors.concat(validate38.errors);
                errors = vErrors.length;
              }
            }
            if (data38.memory !== void 0) {
              if (!validate32(data38.memory, { instancePath: instancePath + "/limits/step/memory", parentData: data38, parentDataProperty: "memory", rootData })) {
                vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
                errors = vErrors.length;
              }
            }
            if (data38.pids !== void 0) {
              if (!validate41(data38.pids, { instancePath: instancePath + "/limits/step/pids", parentData: data38, parentDataProperty: "pids", rootData })) {
                vErrors = vErrors === null ? validate41.errors : vErrors.concat(validate41.errors);
                errors = vErrors.length;
              }
            }
            if (data38.disk !== void 0) {
              if (!validate32(data38.disk, { instancePath: instancePath + "/limits/step/disk", parentData: data38, parentDataProperty: "disk", rootData })) {
                vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
                errors = vErrors.length;
              }
            }
            if (data38.files !== void 0) {
              if (!validate44(data38.files, { instancePath: instancePath + "/limits/step/files", parentData: data38, parentDataProperty: "files", rootData })) {
                vErrors = vErrors === null ? validate44.errors : vErrors.concat(validate44.errors);
                errors = vErrors.length;
              }
            }
            if (data38.output !== void 0) {
              if (!validate32(data38.output, { instancePath: instancePath + "/limits/step/output", parentData: data38, parentDataProperty: "output", rootData })) {
                vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
                errors = vErrors.length;
              }
            }
            if (data38.time !== void 0) {
              if (!validate26(data38.time, { instancePath: instancePath + "/limits/step/time", parentData: data38, parentDataProperty: "time", rootData })) {
                vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
                errors = vErrors.length;
              }
            }
          } else {
            const err59 = { instancePath: instancePath + "/limits/step", schemaPath: "#/properties/limits/properties/step/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema38.properties.limits.properties.step.type, parentSchema: schema38.properties.limits.properties.step, data: data38 };
            if (vErrors === null) {
              vErrors = [err59];
            } else {
              vErrors.push(err59);
            }
            errors++;
          }
        }
        if (data29.agents !== void 0) {
          let data46 = data29.agents;
          if (data46 && typeof data46 == "object" && !Array.isArray(data46)) {
            for (const key9 in data46) {
              if (!validate170(data46[key9], { instancePath: instancePath + "/limits/agents/" + key9.replace(/~/g, "~0").replace(/\//g, "~1"), parentData: data46, parentDataProperty: key9, rootData })) {
                vErrors = vErrors === null ? validate170.errors : vErrors.concat(validate170.errors);
                errors = vErrors.length;
              }
            }
          } else {
            const err60 = { instancePath: instancePath + "/limits/agents", schemaPath: "#/properties/limits/properties/agents/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema38.properties.limits.properties.agents.type, parentSchema: schema38.properties.limits.properties.agents, data: data46 };
            if (vErrors === null) {
              vErrors = [err60];
            } else {
              vErrors.push(err60);
            }
            errors++;
          }
        }
      } else {
        const err61 = { instancePath: instancePath + "/limits", schemaPath: "#/properties/limits/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema38.properties.limits.type, parentSchema: schema38.properties.limits, data: data29 };
        if (vErrors === null) {
          vErrors = [err61];
        } else {
          vErrors.push(err61);
        }
        errors++;
      }
    }
    if (data.network !== void 0) {
      let data48 = data.network;
      if (data48 && typeof data48 == "object" && !Array.isArray(data48)) {
        for (const key10 in data48) {
          if (!(key10 === "allow" || key10 === "private")) {
            const err62 = { instancePath: instancePath + "/network", schemaPath: "#/properties/network/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key10 }, message: "must NOT have additional properties", schema: false, parentSchema: schema38.properties.network, data: data48 };
            if (vErrors === null) {
              vErrors = [err62];
            } else {
              vErrors.push(err62);
            }
            errors++;
          }
        }
        if (data48.allow !== void 0) {
          if (!validate34(data48.allow, { instancePath: instancePath + "/network/allow", parentData: data48, parentDataProperty: "allow", rootData })) {
            vErrors = vErrors === null ? validate34.errors : vErrors.concat(validate34.errors);
            errors = vErrors.length;
          }
        }
        if (data48.private !== void 0) {
          let data50 = data48.private;
          if (Array.isArray(data50)) {
            if (data50.length > 200) {
              const err63 = { instancePath: instancePath + "/network/private", schemaPath: "#/properties/network/properties/private/maxItems", keyword: "maxItems", params: { limit: 200 }, message: "must NOT have more than 200 items", schema: 200, parentSchema: schema38.properties.network.properties.private, data: data50 };
              if (vErrors === null) {
                vErrors = [err63];
              } else {
                vErrors.push(err63);
              }
              errors++;
            }
            const len7 = data50.length;
            for (let i7 = 0; i7 < len7; i7++) {
              let data51 = data50[i7];
              if (typeof data51 === "string") {
                if (func3(data51) > 253) {
                  const err64 = { instancePath: instancePath + "/network/private/" + i7, schemaPath: "#/properties/network/properties/private/items/maxLength", keyword: "maxLength", params: { limit: 253 }, message: "must NOT have more than 253 characters", schema: 253, parentSchema: schema38.properties.network.properties.private.items, data: data51 };
                  if (vErrors === null) {
                    vErrors = [err64];
                  } else {
                    vErrors.push(err64);
                  }
                  errors++;
                }
                if (!pattern34.test(data51)) {
                  const err65 = { instancePath: instancePath + "/network/private/" + i7, schemaPath: "#/properties/network/properties/private/items/pattern", keyword: "pattern", params: { pattern: "^(\\*\\.)?[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$" }, message: 'must match pattern "^(\\*\\.)?[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$"', schema: "^(\\*\\.)?[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$", parentSchema: schema38.properties.network.properties.private.items, data: data51 };
                  if (vErrors === null) {
                    vErrors = [err65];
                  } else {
                    vErrors.push(err65);
                  }
                  errors++;
                }
              } else {
                const err66 = { instancePath: instancePath + "/network/private/" + i7, schemaPath: "#/properties/network/properties/private/items/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema38.properties.network.properties.private.items.type, parentSchema: schema38.properties.network.properties.private.items, data: data51 };
                if (vErrors === null) {
                  vErrors = [err66];
                } else {
                  vErrors.push(err66);
                }
                errors++;
              }
            }
          } else {
            const err67 = { instancePath: instancePath + "/network/private", schemaPath: "#/properties/network/properties/private/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema38.properties.network.properties.private.type, parentSchema: schema38.properties.network.properties.private, data: data50 };
            if (vErrors === null) {
              vErrors = [err67];
            } else {
              vErrors.push(err67);
            }
            errors++;
          }
        }
      } else {
        const err68 = { instancePath: instancePath + "/network", schemaPath: "#/properties/network/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema38.properties.network.type, parentSchema: schema38.properties.network, data: data48 };
        if (vErrors === null) {
          vErrors = [err68];
        } else {
          vErrors.push(err68);
        }
        errors++;
      }
    }
    if (data.secrets !== void 0) {
      let data52 = data.secrets;
      if (data52 && typeof data52 == "object" && !Array.isArray(data52)) {
        if (Object.keys(data52).length > 200) {
          const err69 = { instancePath: instancePath + "/secrets", schemaPath: "#/properties/secrets/maxProperties", keyword: "maxProperties", params: { limit: 200 }, message: "must NOT have more than 200 properties", schema: 200, parentSchema: schema38.properties.secrets, data: data52 };
          if (vErrors === null) {
            vErrors = [err69];
          } else {
            vErrors.push(err69);
          }
          errors++;
        }
        for (const key11 in data52) {
          const _errs102 = errors;
          if (!validate84(key11, { instancePath: instancePath + "/secrets", parentData: data52, parentDataProperty: "secrets", rootData })) {
            vErrors = vErrors === null ? validate84.errors : vErrors.concat(validate84.errors);
            errors = vErrors.length;
          }
          var valid27 = _errs102 === errors;
          if (!valid27) {
            const err70 = { instancePath: instancePath + "/secrets", schemaPath: "#/properties/secrets/propertyNames", keyword: "propertyNames", params: { propertyName: key11 }, message: "property name must be valid", schema: schema38.properties.secrets.propertyNames, parentSchema: schema38.properties.secrets, data: data52 };
            if (vErrors === null) {
              vErrors = [err70];
            } else {
              vErrors.push(err70);
            }
            errors++;
          }
        }
        for (const key12 in data52) {
          let data53 = data52[key12];
          if (data53 && typeof data53 == "object" && !Array.isArray(data53)) {
            if (data53.formulas === void 0) {
              const err71 = { instancePath: instancePath + "/secrets/" + key12.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/secrets/additionalProperties/required", keyword: "required", params: { missingProperty: "formulas" }, message: "must have required property 'formulas'", schema: schema38.properties.secrets.additionalProperties.required, parentSchema: schema38.properties.secrets.additionalProperties, data: data53 };
              if (vErrors === null) {
                vErrors = [err71];
              } else {
                vErrors.push(err71);
              }
              errors++;
            }
            for (const key13 in data53) {
              if (!(key13 === "formulas" || key13 === "tier" || key13 === "after-agent")) {
                const err72 = { instancePath: instancePath + "/secrets/" + key12.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/secrets/additionalProperties/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key13 }, message: "must NOT have additional properties", schema: false, parentSchema: schema38.properties.secrets.additionalProperties, data: data53 };
                if (vErrors === null) {
                  vErrors = [err72];
                } else {
                  vErrors.push(err72);
                }
                errors++;
              }
            }
            if (data53.formulas !== void 0) {
              let data54 = data53.formulas;
              if (Array.isArray(data54)) {
                if (data54.length > 200) {
                  const err73 = { instancePath: instancePath + "/secrets/" + key12.replace(/~/g, "~0").replace(/\//g, "~1") + "/formulas", schemaPath: "#/properties/secrets/additionalProperties/properties/formulas/maxItems", keyword: "maxItems", params: { limit: 200 }, message: "must NOT have more than 200 items", schema: 200, parentSchema: schema38.properties.secrets.additionalProperties.properties.formulas, data: data54 };
                  if (vErrors === null) {
                    vErrors = [err73];
                  } else {
                    vErrors.push(err73);
                  }
                  errors++;
                }
                if (data54.length < 1) {
                  const err74 = { instancePath: instancePath + "/secrets/" + key12.replace(/~/g, "~0").replace(/\//g, "~1") + "/formulas", schemaPath: "#/properties/secrets/additionalProperties/properties/formulas/minItems", keyword: "minItems", params: { limit: 1 }, message: "must NOT have fewer than 1 items", schema: 1, parentSchema: schema38.properties.secrets.additionalProperties.properties.formulas, data: data54 };
                  if (vErrors === null) {
                    vErrors = [err74];
                  } else {
                    vErrors.push(err74);
                  }
                  errors++;
                }
                const len8 = data54.length;
                for (let i8 = 0; i8 < len8; i8++) {
                  if (!validate48(data54[i8], { instancePath: instancePath + "/secrets/" + key12.replace(/~/g, "~0").replace(/\//g, "~1") + "/formulas/" + i8, parentData: data54, parentDataProperty: i8, rootData })) {
                    vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
                    errors = vErrors.length;
                  }
                }
              } else {
                const err75 = { instancePath: instancePath + "/secrets/" + key12.replace(/~/g, "~0").replace(/\//g, "~1") + "/formulas", schemaPath: "#/properties/secrets/additionalProperties/properties/formulas/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema38.properties.secrets.additionalProperties.properties.formulas.type, parentSchema: schema38.properties.secrets.additionalProperties.properties.formulas, data: data54 };
                if (vErrors === null) {
                  vErrors = [err75];
                } else {
                  vErrors.push(err75);
                }
                errors++;
              }
            }
            if (data53.tier !== void 0) {
              if (!validate57(data53.tier, { instancePath: instancePath + "/secrets/" + key12.replace(/~/g, "~0").replace(/\//g, "~1") + "/tier", parentData: data53, parentDataProperty: "tier", rootData })) {
                vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
                errors = vErrors.length;
              }
            }
            if (data53["after-agent"] !== void 0) {
              let data57 = data53["after-agent"];
              if (typeof data57 !== "boolean") {
                const err76 = { instancePath: instancePath + "/secrets/" + key12.replace(/~/g, "~0").replace(/\//g, "~1") + "/after-agent", schemaPath: "#/properties/secrets/additionalProperties/properties/after-agent/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean", schema: schema38.properties.secrets.additionalProperties.properties["after-agent"].type, parentSchema: schema38.properties.secrets.additionalProperties.properties["after-agent"], data: data57 };
                if (vErrors === null) {
                  vErrors = [err76];
                } else {
                  vErrors.push(err76);
                }
                errors++;
              }
            }
          } else {
            const err77 = { instancePath: instancePath + "/secrets/" + key12.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/secrets/additionalProperties/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema38.properties.secrets.additionalProperties.type, parentSchema: schema38.properties.secrets.additionalProperties, data: data53 };
            if (vErrors === null) {
              vErrors = [err77];
            } else {
              vErrors.push(err77);
            }
            errors++;
          }
        }
      } else {
        const err78 = { instancePath: instancePath + "/secrets", schemaPath: "#/properties/secrets/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema38.properties.secrets.type, parentSchema: schema38.properties.secrets, data: data52 };
        if (vErrors === null) {
          vErrors = [err78];
        } else {
          vErrors.push(err78);
        }
        errors++;
      }
    }
    if (data["image-policy"] !== void 0) {
      if (!validate30(data["image-policy"], { instancePath: instancePath + "/image-policy", parentData: data, parentDataProperty: "image-policy", rootData })) {
        vErrors = vErrors === null ? validate30.errors : vErrors.concat(validate30.errors);
        errors = vErrors.length;
      }
    }
    if (data["secret-scan"] !== void 0) {
      let data59 = data["secret-scan"];
      if (data59 && typeof data59 == "object" && !Array.isArray(data59)) {
        for (const key14 in data59) {
          if (!(key14 === "allow")) {
            const err79 = { instancePath: instancePath + "/secret-scan", schemaPath: "#/properties/secret-scan/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key14 }, message: "must NOT have additional properties", schema: false, parentSchema: schema38.properties["secret-scan"], data: data59 };
            if (vErrors === null) {
              vErrors = [err79];
            } else {
              vErrors.push(err79);
            }
            errors++;
          }
        }
        if (data59.allow !== void 0) {
          let data60 = data59.allow;
          if (Array.isArray(data60)) {
            if (data60.length > 200) {
              const err80 = { instancePath: instancePath + "/secret-scan/allow", schemaPath: "#/properties/secret-scan/properties/allow/maxItems", keyword: "maxItems", params: { limit: 200 }, message: "must NOT have more than 200 items", schema: 200, parentSchema: schema38.properties["secret-scan"].properties.allow, data: data60 };
              if (vErrors === null) {
                vErrors = [err80];
              } else {
                vErrors.push(err80);
              }
              errors++;
            }
            const len9 = data60.length;
            for (let i9 = 0; i9 < len9; i9++) {
              let data61 = data60[i9];
              if (data61 && typeof data61 == "object" && !Array.isArray(data61)) {
                if (data61.path === void 0) {
                  const err81 = { instancePath: instancePath + "/secret-scan/allow/" + i9, schemaPath: "#/properties/secret-scan/properties/allow/items/required", keyword: "required", params: { missingProperty: "path" }, message: "must have required property 'path'", schema: schema38.properties["secret-scan"].properties.allow.items.required, parentSchema: schema38.properties["secret-scan"].properties.allow.items, data: data61 };
                  if (vErrors === null) {
                    vErrors = [err81];
                  } else {
                    vErrors.push(err81);
                  }
                  errors++;
                }
                for (const key15 in data61) {
                  if (!(key15 === "path" || key15 === "rule")) {
                    const err82 = { instancePath: instancePath + "/secret-scan/allow/" + i9, schemaPath: "#/properties/secret-scan/properties/allow/items/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key15 }, message: "must NOT have additional properties", schema: false, parentSchema: schema38.properties["secret-scan"].properties.allow.items, data: data61 };
                    if (vErrors === null) {
                      vErrors = [err82];
                    } else {
                      vErrors.push(err82);
                    }
                    errors++;
                  }
                }
                if (data61.path !== void 0) {
                  let data62 = data61.path;
                  if (typeof data62 === "string") {
                    if (func3(data62) > 500) {
                      const err83 = { instancePath: instancePath + "/secret-scan/allow/" + i9 + "/path", schemaPath: "#/properties/secret-scan/properties/allow/items/properties/path/maxLength", keyword: "maxLength", params: { limit: 500 }, message: "must NOT have more than 500 characters", schema: 500, parentSchema: schema38.properties["secret-scan"].properties.allow.items.properties.path, data: data62 };
                      if (vErrors === null) {
                        vErrors = [err83];
                      } else {
                        vErrors.push(err83);
                      }
                      errors++;
                    }
                    if (func3(data62) < 1) {
                      const err84 = { instancePath: instancePath + "/secret-scan/allow/" + i9 + "/path", schemaPath: "#/properties/secret-scan/properties/allow/items/properties/path/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema38.properties["secret-scan"].properties.allow.items.properties.path, data: data62 };
                      if (vErrors === null) {
                        vErrors = [err84];
                      } else {
                        vErrors.push(err84);
                      }
                      errors++;
                    }
                  } else {
                    const err85 = { instancePath: instancePath + "/secret-scan/allow/" + i9 + "/path", schemaPath: "#/properties/secret-scan/properties/allow/items/properties/path/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema38.properties["secret-scan"].properties.allow.items.properties.path.type, parentSchema: schema38.properties["secret-scan"].properties.allow.items.properties.path, data: data62 };
                    if (vErrors === null) {
                      vErrors = [err85];
                    } else {
                      vErrors.push(err85);
                    }
                    errors++;
                  }
                }
                if (data61.rule !== void 0) {
                  let data63 = data61.rule;
                  if (typeof data63 === "string") {
                    if (!pattern35.test(data63)) {
                      const err86 = { instancePath: instancePath + "/secret-scan/allow/" + i9 + "/rule", schemaPath: "#/properties/secret-scan/properties/allow/items/properties/rule/pattern", keyword: "pattern", params: { pattern: "^[a-z0-9@/-]{1,100}$" }, message: 'must match pattern "^[a-z0-9@/-]{1,100}$"', schema: "^[a-z0-9@/-]{1,100}$", parentSchema: schema38.properties["secret-scan"].properties.allow.items.properties.rule, data: data63 };
                      if (vErrors === null) {
                        vErrors = [err86];
                      } else {
                        vErrors.push(err86);
                      }
                      errors++;
                    }
                  } else {
                    const err87 = { instancePath: instancePath + "/secret-scan/allow/" + i9 + "/rule", schemaPath: "#/properties/secret-scan/properties/allow/items/properties/rule/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema38.properties["secret-scan"].properties.allow.items.properties.rule.type, parentSchema: schema38.properties["secret-scan"].properties.allow.items.properties.rule, data: data63 };
                    if (vErrors === null) {
                      vErrors = [err87];
                    } else {
                      vErrors.push(err87);
                    }
                    errors++;
                  }
                }
              } else {
                const err88 = { instancePath: instancePath + "/secret-scan/allow/" + i9, schemaPath: "#/properties/secret-scan/properties/allow/items/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema38.properties["secret-scan"].properties.allow.items.type, parentSchema: schema38.properties["secret-scan"].properties.allow.items, data: data61 };
                if (vErrors === null) {
                  vErrors = [err88];
                } else {
                  vErrors.push(err88);
                }
                errors++;
              }
            }
          } else {
            const err89 = { instancePath: instancePath + "/secret-scan/allow", schemaPath: "#/properties/secret-scan/properties/allow/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema38.properties["secret-scan"].properties.allow.type, parentSchema: schema38.properties["secret-scan"].properties.allow, data: data60 };
            if (vErrors === null) {
              vErrors = [err89];
            } else {
              vErrors.push(err89);
            }
            errors++;
          }
        }
      } else {
        const err90 = { instancePath: instancePath + "/secret-scan", schemaPath: "#/properties/secret-scan/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema38.properties["secret-scan"].type, parentSchema: schema38.properties["secret-scan"], data: data59 };
        if (vErrors === null) {
          vErrors = [err90];
        } else {
          vErrors.push(err90);
        }
        errors++;
      }
    }
    if (data.routes !== void 0) {
      let data64 = data.routes;
      if (Array.isArray(data64)) {
        if (data64.length > 200) {
          const err91 = { instancePath: instancePath + "/routes", schemaPath: "#/properties/routes/maxItems", keyword: "maxItems", params: { limit: 200 }, message: "must NOT have more than 200 items", schema: 200, parentSchema: schema38.properties.routes, data: data64 };
          if (vErrors === null) {
            vErrors = [err91];
          } else {
            vErrors.push(err91);
          }
          errors++;
        }
        const len10 = data64.length;
        for (let i10 = 0; i10 < len10; i10++) {
          let data65 = data64[i10];
          if (data65 && typeof data65 == "object" && !Array.isArray(data65)) {
            if (data65.when === void 0) {
              const err92 = { instancePath: instancePath + "/routes/" + i10, schemaPath: "#/properties/routes/items/required", keyword: "required", params: { missingProperty: "when" }, message: "must have required property 'when'", schema: schema38.properties.routes.items.required, parentSchema: schema38.properties.routes.items, data: data65 };
              if (vErrors === null) {
                vErrors = [err92];
              } else {
                vErrors.push(err92);
              }
              errors++;
            }
            if (data65.formula === void 0) {
              const err93 = { instancePath: instancePath + "/routes/" + i10, schemaPath: "#/properties/routes/items/required", keyword: "required", params: { missingProperty: "formula" }, message: "must have required property 'formula'", schema: schema38.properties.routes.items.required, parentSchema: schema38.properties.routes.items, data: data65 };
              if (vErrors === null) {
                vErrors = [err93];
              } else {
                vErrors.push(err93);
              }
              errors++;
            }
            for (const key16 in data65) {
              if (!(key16 === "when" || key16 === "formula")) {
                const err94 = { instancePath: instancePath + "/routes/" + i10, schemaPath: "#/properties/routes/items/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key16 }, message: "must NOT have additional properties", schema: false, parentSchema: schema38.properties.routes.items, data: data65 };
                if (vErrors === null) {
                  vErrors = [err94];
                } else {
                  vErrors.push(err94);
                }
                errors++;
              }
            }
            if (data65.when !== void 0) {
              if (!validate105(data65.when, { instancePath: instancePath + "/routes/" + i10 + "/when", parentData: data65, parentDataProperty: "when", rootData })) {
                vErrors = vErrors === null ? validate105.errors : vErrors.concat(validate105.errors);
                errors = vErrors.length;
              }
            }
            if (data65.formula !== void 0) {
              if (!validate48(data65.formula, { instancePath: instancePath + "/routes/" + i10 + "/formula", parentData: data65, parentDataProperty: "formula", rootData })) {
                vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
                errors = vErrors.length;
              }
            }
          } else {
            const err95 = { instancePath: instancePath + "/routes/" + i10, schemaPath: "#/properties/routes/items/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema38.properties.routes.items.type, parentSchema: schema38.properties.routes.items, data: data65 };
            if (vErrors === null) {
              vErrors = [err95];
            } else {
              vErrors.push(err95);
            }
            errors++;
          }
        }
      } else {
        const err96 = { instancePath: instancePath + "/routes", schemaPath: "#/properties/routes/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema38.properties.routes.type, parentSchema: schema38.properties.routes, data: data64 };
        if (vErrors === null) {
          vErrors = [err96];
        } else {
          vErrors.push(err96);
        }
        errors++;
      }
    }
  } else {
    const err97 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema38.type, parentSchema: schema38, data };
    if (vErrors === null) {
      vErrors = [err97];
    } else {
      vErrors.push(err97);
    }
    errors++;
  }
  validate147.errors = vErrors;
  return errors === 0;
}
const policyTests = validate180;
const schema41 = { "title": "Policy tests", "description": "`policy/tests/*.yml`: what the policy is expected to decide. `pushpals validate` runs them.", "type": "object", "additionalProperties": false, "required": ["version", "cases"], "properties": { "version": { "title": "Version", "description": "The version of this format.", "const": 1 }, "cases": { "title": "Cases", "description": "Each is one order with what a run of it changed.", "type": "array", "minItems": 1, "maxItems": 1e3, "items": { "type": "object", "additionalProperties": false, "required": ["name", "expect"], "properties": { "name": { "title": "Name", "description": "What the case shows, in words.", "type": "string", "minLength": 1, "maxLength": 200 }, "formula": { "$ref": "#/definitions/identifier" }, "goal": { "title": "Goal", "description": "The order's text.", "type": "string", "minLength": 1, "maxLength": 4e3, "default": "a test" }, "risk": { "$ref": "#/definitions/tier" }, "changes": { "title": "Changes", "description": "What the run changed. Without it, the decision before the run is asked for.", "type": "array", "minItems": 1, "maxItems": 1e3, "items": { "type": "object", "additionalProperties": false, "required": ["path"], "properties": { "path": { "title": "Path", "description": "A changed file.", "type": "string", "minLength": 1, "maxLength": 4096 }, "lines": { "title": "Lines", "description": "How many lines of it.", "type": "integer", "minimum": 0, "default": 1 }, "kind": { "title": "Kind", "description": "What happened to it.", "type": "string", "enum": ["added", "modified", "deleted"], "default": "modified" }, "binary": { "title": "Binary", "description": "It is no text.", "type": "boolean", "default": false }, "mode": { "title": "Mode", "description": "Its mode now: a new executable bit, a link.", "type": "string", "enum": ["100644", "100755", "120000"], "default": "100644" }, "dependencies": { "title": "Dependencies", "description": "Packages that this manifest names now and did not before.", "type": "array", "items": { "type": "string" } } } } }, "expect": { "title": "Expected decision", "description": "What must come out.", "type": "object", "additionalProperties": false, "required": ["tier"], "properties": { "tier": { "$ref": "#/definitions/tier" }, "gate": { "title": "Gate", "description": "The gate.", "type": "string", "enum": ["auto", "merge-approval", "proposal"] }, "denied": { "title": "Denied", "description": "Whether a rule under `deny` matches.", "type": "boolean", "default": false } } } } } } } };
function validate180(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.version === void 0) {
      const err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "version" }, message: "must have required property 'version'", schema: schema41.required, parentSchema: schema41, data };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (data.cases === void 0) {
      const err1 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "cases" }, message: "must have required property 'cases'", schema: schema41.required, parentSchema: schema41, data };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    for (const key0 in data) {
      if (!(key0 === "version" || key0 === "cases")) {
        const err2 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties", schema: false, parentSchema: schema41, data };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
    }
    if (data.version !== void 0) {
      let data0 = data.version;
      if (1 !== data0) {
        const err3 = { instancePath: instancePath + "/version", schemaPath: "#/properties/version/const", keyword: "const", params: { allowedValue: 1 }, message: "must be equal to constant", schema: 1, parentSchema: schema41.properties.version, data: data0 };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
    }
    if (data.cases !== void 0) {
      let data1 = data.cases;
      if (Array.isArray(data1)) {
        if (data1.length > 1e3) {
          const err4 = { instancePath: instancePath + "/cases", schemaPath: "#/properties/cases/maxItems", keyword: "maxItems", params: { limit: 1e3 }, message: "must NOT have more than 1000 items", schema: 1e3, parentSchema: schema41.properties.cases, data: data1 };
          if (vErrors === null) {
            vErrors = [err4];
          } else {
            vErrors.push(err4);
          }
          errors++;
        }
        if (data1.length < 1) {
          const err5 = { instancePath: instancePath + "/cases", schemaPath: "#/properties/cases/minItems", keyword: "minItems", params: { limit: 1 }, message: "must NOT have fewer than 1 items", schema: 1, parentSchema: schema41.properties.cases, data: data1 };
          if (vErrors === null) {
            vErrors = [err5];
          } else {
            vErrors.push(err5);
          }
          errors++;
        }
        const len0 = data1.length;
        for (let i0 = 0; i0 < len0; i0++) {
          let data2 = data1[i0];
          if (data2 && typeof data2 == "object" && !Array.isArray(data2)) {
            if (data2.name === void 0) {
              const err6 = { instancePath: instancePath + "/cases/" + i0, schemaPath: "#/properties/cases/items/required", keyword: "required", params: { missingProperty: "name" }, message: "must have required property 'name'", schema: schema41.properties.cases.items.required, parentSchema: schema41.properties.cases.items, data: data2 };
              if (vErrors === null) {
                vErrors = [err6];
              } else {
                vErrors.push(err6);
              }
              errors++;
            }
            if (data2.expect === void 0) {
              const err7 = { instancePath: instancePath + "/cases/" + i0, schemaPath: "#/properties/cases/items/required", keyword: "required", params: { missingProperty: "expect" }, message: "must have required property 'expect'", schema: schema41.properties.cases.items.required, parentSchema: schema41.properties.cases.items, data: data2 };
              if (vErrors === null) {
                vErrors = [err7];
              } else {
                vErrors.push(err7);
              }
              errors++;
            }
            for (const key1 in data2) {
              if (!(key1 === "name" || key1 === "formula" || key1 === "goal" || key1 === "risk" || key1 === "changes" || key1 === "expect")) {
                const err8 = { instancePath: instancePath + "/cases/" + i0, schemaPath: "#/properties/cases/items/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key1 }, message: "must NOT have additional properties", schema: false, parentSchema: schema41.properties.cases.items, data: data2 };
                if (vErrors === null) {
                  vErrors = [err8];
                } else {
                  vErrors.push(err8);
                }
                errors++;
              }
            }
            if (data2.name !== void 0) {
              let data3 = data2.name;
              if (typeof data3 === "string") {
                if (func3(data3) > 200) {
                  const err9 = { instancePath: instancePath + "/cases/" + i0 + "/name", schemaPath: "#/properties/cases/items/properties/name/maxLength", keyword: "maxLength", params: { limit: 200 }, message: "must NOT have more than 200 characters", schema: 200, parentSchema: schema41.properties.cases.items.properties.name, data: data3 };
                  if (vErrors === null) {
                    vErrors = [err9];
                  } else {
                    vErrors.push(err9);
                  }
                  errors++;
                }
                if (func3(data3) < 1) {
                  const err10 = { instancePath: instancePath + "/cases/" + i0 + "/name", schemaPath: "#/properties/cases/items/properties/name/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema41.properties.cases.items.properties.name, data: data3 };
                  if (vErrors === null) {
                    vErrors = [err10];
                  } else {
                    vErrors.push(err10);
                  }
                  errors++;
                }
              } else {
                const err11 = { instancePath: instancePath + "/cases/" + i0 + "/name", schemaPath: "#/properties/cases/items/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema41.properties.cases.items.properties.name.type, parentSchema: schema41.properties.cases.items.properties.name, data: data3 };
                if (vErrors === null) {
                  vErrors = [err11];
                } else {
                  vErrors.push(err11);
                }
                errors++;
              }
            }
            if (data2.formula !== void 0) {
              if (!validate48(data2.formula, { instancePath: instancePath + "/cases/" + i0 + "/formula", parentData: data2, parentDataProperty: "formula", rootData })) {
                vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
                errors = vErrors.length;
              }
            }
            if (data2.goal !== void 0) {
              let data5 = data2.goal;
              if (typeof data5 === "string") {
                if (func3(data5) > 4e3) {
                  const err12 = { instancePath: instancePath + "/cases/" + i0 + "/goal", schemaPath: "#/properties/cases/items/properties/goal/maxLength", keyword: "maxLength", params: { limit: 4e3 }, message: "must NOT have more than 4000 characters", schema: 4e3, parentSchema: schema41.properties.cases.items.properties.goal, data: data5 };
                  if (vErrors === null) {
                    vErrors = [err12];
                  } else {
                    vErrors.push(err12);
                  }
                  errors++;
                }
                if (func3(data5) < 1) {
                  const err13 = { instancePath: instancePath + "/cases/" + i0 + "/goal", schemaPath: "#/properties/cases/items/properties/goal/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema41.properties.cases.items.properties.goal, data: data5 };
                  if (vErrors === null) {
                    vErrors = [err13];
                  } else {
                    vErrors.push(err13);
                  }
                  errors++;
                }
              } else {
                const err14 = { instancePath: instancePath + "/cases/" + i0 + "/goal", schemaPath: "#/properties/cases/items/properties/goal/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema41.properties.cases.items.properties.goal.type, parentSchema: schema41.properties.cases.items.properties.goal, data: data5 };
                if (vErrors === null) {
                  vErrors = [err14];
                } else {
                  vErrors.push(err14);
                }
                errors++;
              }
            }
            if (data2.risk !== void 0) {
              if (!validate57(data2.risk, { instancePath: instancePath + "/cases/" + i0 + "/risk", parentData: data2, parentDataProperty: "risk", rootData })) {
                vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
                errors = vErrors.length;
              }
            }
            if (data2.changes !== void 0) {
              let data7 = data2.changes;
              if (Array.isArray(data7)) {
                if (data7.length > 1e3) {
                  const err15 = { instancePath: instancePath + "/cases/" + i0 + "/changes", schemaPath: "#/properties/cases/items/properties/changes/maxItems", keyword: "maxItems", params: { limit: 1e3 }, message: "must NOT have more than 1000 items", schema: 1e3, parentSchema: schema41.properties.cases.items.properties.changes, data: data7 };
                  if (vErrors === null) {
                    vErrors = [err15];
                  } else {
                    vErrors.push(err15);
                  }
                  errors++;
                }
                if (data7.length < 1) {
                  const err16 = { instancePath: instancePath + "/cases/" + i0 + "/changes", schemaPath: "#/properties/cases/items/properties/changes/minItems", keyword: "minItems", params: { limit: 1 }, message: "must NOT have fewer than 1 items", schema: 1, parentSchema: schema41.properties.cases.items.properties.changes, data: data7 };
                  if (vErrors === null) {
                    vErrors = [err16];
                  } else {
                    vErrors.push(err16);
                  }
                  errors++;
                }
                const len1 = data7.length;
                for (let i1 = 0; i1 < len1; i1++) {
                  let data8 = data7[i1];
                  if (data8 && typeof data8 == "object" && !Array.isArray(data8)) {
                    if (data8.path === void 0) {
                      const err17 = { instancePath: instancePath + "/cases/" + i0 + "/changes/" + i1, schemaPath: "#/properties/cases/items/properties/changes/items/required", keyword: "required", params: { missingProperty: "path" }, message: "must have required property 'path'", schema: schema41.properties.cases.items.properties.changes.items.required, parentSchema: schema41.properties.cases.items.properties.changes.items, data: data8 };
                      if (vErrors === null) {
                        vErrors = [err17];
                      } else {
                        vErrors.push(err17);
                      }
                      errors++;
                    }
                    for (const key2 in data8) {
                      if (!(key2 === "path" || key2 === "lines" || key2 === "kind" || key2 === "binary" || key2 === "mode" || key2 === "dependencies")) {
                        const err18 = { instancePath: instancePath + "/cases/" + i0 + "/changes/" + i1, schemaPath: "#/properties/cases/items/properties/changes/items/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key2 }, message: "must NOT have additional properties", schema: false, parentSchema: schema41.properties.cases.items.properties.changes.items, data: data8 };
                        if (vErrors === null) {
                          vErrors = [err18];
                        } else {
                          vErrors.push(err18);
                        }
                        errors++;
                      }
                    }
                    if (data8.path !== void 0) {
                      let data9 = data8.path;
                      if (typeof data9 === "string") {
                        if (func3(data9) > 4096) {
                          const err19 = { instancePath: instancePath + "/cases/" + i0 + "/changes/" + i1 + "/path", schemaPath: "#/properties/cases/items/properties/changes/items/properties/path/maxLength", keyword: "maxLength", params: { limit: 4096 }, message: "must NOT have more than 4096 characters", schema: 4096, parentSchema: schema41.properties.cases.items.properties.changes.items.properties.path, data: data9 };
                          if (vErrors === null) {
                            vErrors = [err19];
                          } else {
                            vErrors.push(err19);
                          }
                          errors++;
                        }
                        if (func3(data9) < 1) {
                          const err20 = { instancePath: instancePath + "/cases/" + i0 + "/changes/" + i1 + "/path", schemaPath: "#/properties/cases/items/properties/changes/items/properties/path/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema41.properties.cases.items.properties.changes.items.properties.path, data: data9 };
                          if (vErrors === null) {
                            vErrors = [err20];
                          } else {
                            vErrors.push(err20);
                          }
                          errors++;
                        }
                      } else {
                        const err21 = { instancePath: instancePath + "/cases/" + i0 + "/changes/" + i1 + "/path", schemaPath: "#/properties/cases/items/properties/changes/items/properties/path/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema41.properties.cases.items.properties.changes.items.properties.path.type, parentSchema: schema41.properties.cases.items.properties.changes.items.properties.path, data: data9 };
                        if (vErrors === null) {
                          vErrors = [err21];
                        } else {
                          vErrors.push(err21);
                        }
                        errors++;
                      }
                    }
                    if (data8.lines !== void 0) {
                      let data10 = data8.lines;
                      if (!(typeof data10 == "number" && (!(data10 % 1) && !isNaN(data10)) && isFinite(data10))) {
                        const err22 = { instancePath: instancePath + "/cases/" + i0 + "/changes/" + i1 + "/lines", schemaPath: "#/properties/cases/items/properties/changes/items/properties/lines/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema41.properties.cases.items.properties.changes.items.properties.lines.type, parentSchema: schema41.properties.cases.items.properties.changes.items.properties.lines, data: data10 };
                        if (vErrors === null) {
                          vErrors = [err22];
                        } else {
                          vErrors.push(err22);
                        }
                        errors++;
                      }
                      if (typeof data10 == "number" && isFinite(data10)) {
                        if (data10 < 0 || isNaN(data10)) {
                          const err23 = { instancePath: instancePath + "/cases/" + i0 + "/changes/" + i1 + "/lines", schemaPath: "#/properties/cases/items/properties/changes/items/properties/lines/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0", schema: 0, parentSchema: schema41.properties.cases.items.properties.changes.items.properties.lines, data: data10 };
                          if (vErrors === null) {
                            vErrors = [err23];
                          } else {
                            vErrors.push(err23);
                          }
                          errors++;
                        }
                      }
                    }
                    if (data8.kind !== void 0) {
                      let data11 = data8.kind;
                      if (typeof data11 !== "string") {
                        const err24 = { instancePath: instancePath + "/cases/" + i0 + "/changes/" + i1 + "/kind", schemaPath: "#/properties/cases/items/properties/changes/items/properties/kind/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema41.properties.cases.items.properties.changes.items.properties.kind.type, parentSchema: schema41.properties.cases.items.properties.changes.items.properties.kind, data: data11 };
                        if (vErrors === null) {
                          vErrors = [err24];
                        } else {
                          vErrors.push(err24);
                        }
                        errors++;
                      }
                      if (!(data11 === "added" || data11 === "modified" || data11 === "deleted")) {
                        const err25 = { instancePath: instancePath + "/cases/" + i0 + "/changes/" + i1 + "/kind", schemaPath: "#/properties/cases/items/properties/changes/items/properties/kind/enum", keyword: "enum", params: { allowedValues: schema41.properties.cases.items.properties.changes.items.properties.kind.enum }, message: "must be equal to one of the allowed values", schema: schema41.properties.cases.items.properties.changes.items.properties.kind.enum, parentSchema: schema41.properties.cases.items.properties.changes.items.properties.kind, data: data11 };
                        if (vErrors === null) {
                          vErrors = [err25];
                        } else {
                          vErrors.push(err25);
                        }
                        errors++;
                      }
                    }
                    if (data8.binary !== void 0) {
                      let data12 = data8.binary;
                      if (typeof data12 !== "boolean") {
                        const err26 = { instancePath: instancePath + "/cases/" + i0 + "/changes/" + i1 + "/binary", schemaPath: "#/properties/cases/items/properties/changes/items/properties/binary/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean", schema: schema41.properties.cases.items.properties.changes.items.properties.binary.type, parentSchema: schema41.properties.cases.items.properties.changes.items.properties.binary, data: data12 };
                        if (vErrors === null) {
                          vErrors = [err26];
                        } else {
                          vErrors.push(err26);
                        }
                        errors++;
                      }
                    }
                    if (data8.mode !== void 0) {
                      let data13 = data8.mode;
                      if (typeof data13 !== "string") {
                        const err27 = { instancePath: instancePath + "/cases/" + i0 + "/changes/" + i1 + "/mode", schemaPath: "#/properties/cases/items/properties/changes/items/properties/mode/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema41.properties.cases.items.properties.changes.items.properties.mode.type, parentSchema: schema41.properties.cases.items.properties.changes.items.properties.mode, data: data13 };
                        if (vErrors === null) {
                          vErrors = [err27];
                        } else {
                          vErrors.push(err27);
                        }
                        errors++;
                      }
                      if (!(data13 === "100644" || data13 === "100755" || data13 === "120000")) {
                        const err28 = { instancePath: instancePath + "/cases/" + i0 + "/changes/" + i1 + "/mode", schemaPath: "#/properties/cases/items/properties/changes/items/properties/mode/enum", keyword: "enum", params: { allowedValues: schema41.properties.cases.items.properties.changes.items.properties.mode.enum }, message: "must be equal to one of the allowed values", schema: schema41.properties.cases.items.properties.changes.items.properties.mode.enum, parentSchema: schema41.properties.cases.items.properties.changes.items.properties.mode, data: data13 };
                        if (vErrors === null) {
                          vErrors = [err28];
                        } else {
                          vErrors.push(err28);
                        }
                        errors++;
                      }
                    }
                    if (data8.dependencies !== void 0) {
                      let data14 = data8.dependencies;
                      if (Array.isArray(data14)) {
                        const len2 = data14.length;
                        for (let i2 = 0; i2 < len2; i2++) {
                          let data15 = data14[i2];
                          if (typeof data15 !== "string") {
                            const err29 = { instancePath: instancePath + "/cases/" + i0 + "/changes/" + i1 + "/dependencies/" + i2, schemaPath: "#/properties/cases/items/properties/changes/items/properties/dependencies/items/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema41.properties.cases.items.properties.changes.items.properties.dependencies.items.type, parentSchema: schema41.properties.cases.items.properties.changes.items.properties.dependencies.items, data: data15 };
                            if (vErrors === null) {
                              vErrors = [err29];
                            } else {
                              vErrors.push(err29);
                            }
                            errors++;
                          }
                        }
                      } else {
                        const err30 = { instancePath: instancePath + "/cases/" + i0 + "/changes/" + i1 + "/dependencies", schemaPath: "#/properties/cases/items/properties/changes/items/properties/dependencies/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema41.properties.cases.items.properties.changes.items.properties.dependencies.type, parentSchema: schema41.properties.cases.items.properties.changes.items.properties.dependencies, data: data14 };
                        if (vErrors === null) {
                          vErrors = [err30];
                        } else {
                          vErrors.push(err30);
                        }
                        errors++;
                      }
                    }
                  } else {
                    const err31 = { instancePath: instancePath + "/cases/" + i0 + "/changes/" + i1, schemaPath: "#/properties/cases/items/properties/changes/items/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema41.properties.cases.items.properties.changes.items.type, parentSchema: schema41.properties.cases.items.properties.changes.items, data: data8 };
                    if (vErrors === null) {
                      vErrors = [err31];
                    } else {
                      vErrors.push(err31);
                    }
                    errors++;
                  }
                }
              } else {
                const err32 = { instancePath: instancePath + "/cases/" + i0 + "/changes", schemaPath: "#/properties/cases/items/properties/changes/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema41.properties.cases.items.properties.changes.type, parentSchema: schema41.properties.cases.items.properties.changes, data: data7 };
                if (vErrors === null) {
                  vErrors = [err32];
                } else {
                  vErrors.push(err32);
                }
                errors++;
              }
            }
            if (data2.expect !== void 0) {
              let data16 = data2.expect;
              if (data16 && typeof data16 == "object" && !Array.isArray(data16)) {
                if (data16.tier === void 0) {
                  const err33 = { instancePath: instancePath + "/cases/" + i0 + "/expect", schemaPath: "#/properties/cases/items/properties/expect/required", keyword: "required", params: { missingProperty: "tier" }, message: "must have required property 'tier'", schema: schema41.properties.cases.items.properties.expect.required, parentSchema: schema41.properties.cases.items.properties.expect, data: data16 };
                  if (vErrors === null) {
                    vErrors = [err33];
                  } else {
                    vErrors.push(err33);
                  }
                  errors++;
                }
                for (const key3 in data16) {
                  if (!(key3 === "tier" || key3 === "gate" || key3 === "denied")) {
                    const err34 = { instancePath: instancePath + "/cases/" + i0 + "/expect", schemaPath: "#/properties/cases/items/properties/expect/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key3 }, message: "must NOT have additional properties", schema: false, parentSchema: schema41.properties.cases.items.properties.expect, data: data16 };
                    if (vErrors === null) {
                      vErrors = [err34];
                    } else {
                      vErrors.push(err34);
                    }
                    errors++;
                  }
                }
                if (data16.tier !== void 0) {
                  if (!validate57(data16.tier, { instancePath: instancePath + "/cases/" + i0 + "/expect/tier", parentData: data16, parentDataProperty: "tier", rootData })) {
                    vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
                    errors = vErrors.length;
                  }
                }
                if (data16.gate !== void 0) {
                  let data18 = data16.gate;
                  if (typeof data18 !== "string") {
                    const err35 = { instancePath: instancePath + "/cases/" + i0 + "/expect/gate", schemaPath: "#/properties/cases/items/properties/expect/properties/gate/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema41.properties.cases.items.properties.expect.properties.gate.type, parentSchema: schema41.properties.cases.items.properties.expect.properties.gate, data: data18 };
                    if (vErrors === null) {
                      vErrors = [err35];
                    } else {
                      vErrors.push(err35);
                    }
                    errors++;
                  }
                  if (!(data18 === "auto" || data18 === "merge-approval" || data18 === "proposal")) {
                    const err36 = { instancePath: instancePath + "/cases/" + i0 + "/expect/gate", schemaPath: "#/properties/cases/items/properties/expect/properties/gate/enum", keyword: "enum", params: { allowedValues: schema41.properties.cases.items.properties.expect.properties.gate.enum }, message: "must be equal to one of the allowed values", schema: schema41.properties.cases.items.properties.expect.properties.gate.enum, parentSchema: schema41.properties.cases.items.properties.expect.properties.gate, data: data18 };
                    if (vErrors === null) {
                      vErrors = [err36];
                    } else {
                      vErrors.push(err36);
                    }
                    errors++;
                  }
                }
                if (data16.denied !== void 0) {
                  let data19 = data16.denied;
                  if (typeof data19 !== "boolean") {
                    const err37 = { instancePath: instancePath + "/cases/" + i0 + "/expect/denied", schemaPath: "#/properties/cases/items/properties/expect/properties/denied/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean", schema: schema41.properties.cases.items.properties.expect.properties.denied.type, parentSchema: schema41.properties.cases.items.properties.expect.properties.denied, data: data19 };
                    if (vErrors === null) {
                      vErrors = [err37];
                    } else {
                      vErrors.push(err37);
                    }
                    errors++;
                  }
                }
              } else {
                const err38 = { instancePath: instancePath + "/cases/" + i0 + "/expect", schemaPath: "#/properties/cases/items/properties/expect/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema41.properties.cases.items.properties.expect.type, parentSchema: schema41.properties.cases.items.properties.expect, data: data16 };
                if (vErrors === null) {
                  vErrors = [err38];
                } else {
                  vErrors.push(err38);
                }
                errors++;
              }
            }
          } else {
            const err39 = { instancePath: instancePath + "/cases/" + i0, schemaPath: "#/properties/cases/items/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema41.properties.cases.items.type, parentSchema: schema41.properties.cases.items, data: data2 };
            if (vErrors === null) {
              vErrors = [err39];
            } else {
              vErrors.push(err39);
            }
            errors++;
          }
        }
      } else {
        const err40 = { instancePath: instancePath + "/cases", schemaPath: "#/properties/cases/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema41.properties.cases.type, parentSchema: schema41.properties.cases, data: data1 };
        if (vErrors === null) {
          vErrors = [err40];
        } else {
          vErrors.push(err40);
        }
        errors++;
      }
    }
  } else {
    const err41 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema41.type, parentSchema: schema41, data };
    if (vErrors === null) {
      vErrors = [err41];
    } else {
      vErrors.push(err41);
    }
    errors++;
  }
  validate180.errors = vErrors;
  return errors === 0;
}
const order = validate184;
const schema42 = { "title": "Order", "description": "`ops/inbox/*.yml` or `*.md`: one piece of work that somebody wants.", "type": "object", "additionalProperties": false, "required": ["goal"], "properties": { "goal": { "title": "Goal", "description": "What is wanted, in a sentence or two.", "type": "string", "minLength": 1, "maxLength": 4e3 }, "formula": { "$ref": "#/definitions/identifier" }, "capability": { "$ref": "#/definitions/identifier" }, "risk": { "$ref": "#/definitions/tier" }, "priority": { "$ref": "#/definitions/priority" }, "inputs": { "title": "Inputs", "description": "Checked against the formula's inputs.", "type": "object" }, "constraints": { "$ref": "#/definitions/constraints" }, "done": { "title": "Definition of done", "description": "What must hold at the end.", "type": "array", "items": { "type": "string", "minLength": 1, "maxLength": 2e3 }, "maxItems": 50 }, "checks": { "title": "Checks", "description": "Commands of the project (`commands`) that must succeed on the result, whatever the formula checks itself.", "type": "array", "items": { "type": "string", "pattern": "^[a-z][a-z0-9-]{0,39}$" }, "maxItems": 20 }, "context": { "title": "Context", "description": "Logs, links, background: untrusted text, handed on as data.", "type": "string", "maxLength": 2e5 }, "outside": { "title": "Outside", "description": "Where it was said, such as an address, by somebody who may give no orders here: a customer, a reporter of an issue. Nothing in it is an instruction then. The formula `gatekeeper` looks into it, and files the order that it comes to in words of its own.", "type": "string", "pattern": "^[!-~]{1,300}$" }, "after": { "title": "After", "description": "Orders that must be done before this one starts.", "type": "array", "items": { "$ref": "#/definitions/identifier" }, "maxItems": 50 }, "dedupe": { "title": "Dedupe key", "description": "An order with the same key as one that is queued, active or waiting is rejected. Default: a digest of formula, goal and inputs.", "type": "string", "minLength": 1, "maxLength": 200 }, "expires": { "$ref": "#/definitions/instant" }, "unblocks": { "title": "Unblocks", "description": "What cannot go on without this work. A result that is only cosmetic or documentation, and that nobody asked for, ships where the order says this, and is held back where it does not.", "type": "string", "minLength": 1, "maxLength": 2e3 } } };
const schema43 = { "title": "Instant", "description": "A point in time, ISO 8601 in UTC.", "type": "string", "pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,3})?)?Z$" };
const pattern38 = new RegExp("^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,3})?)?Z$", "u");
function validate191(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (typeof data === "string") {
    if (!pattern38.test(data)) {
      const err0 = { instancePath, schemaPath: "#/pattern", keyword: "pattern", params: { pattern: "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,3})?)?Z$" }, message: 'must match pattern "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,3})?)?Z$"', schema: "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,3})?)?Z$", parentSchema: schema43, data };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
  } else {
    const err1 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema43.type, parentSchema: schema43, data };
    if (vErrors === null) {
      vErrors = [err1];
    } else {
      vErrors.push(err1);
    }
    errors++;
  }
  validate191.errors = vErrors;
  return errors === 0;
}
const pattern37 = new RegExp("^[!-~]{1,300}$", "u");
function validate184(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.goal === void 0) {
      const err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "goal" }, message: "must have required property 'goal'", schema: schema42.required, parentSchema: schema42, data };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    for (const key0 in data) {
      if (!func2.call(schema42.properties, key0)) {
        const err1 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties", schema: false, parentSchema: schema42, data };
        if (vErrors === null) {
          vErrors = [err1];
        } else {
          vErrors.push(err1);
        }
        errors++;
      }
    }
    if (data.goal !== void 0) {
      let data0 = data.goal;
      if (typeof data0 === "string") {
        if (func3(data0) > 4e3) {
          const err2 = { instancePath: instancePath + "/goal", schemaPath: "#/properties/goal/maxLength", keyword: "maxLength", params: { limit: 4e3 }, message: "must NOT have more than 4000 characters", schema: 4e3, parentSchema: schema42.properties.goal, data: data0 };
          if (vErrors === null) {
            vErrors = [err2];
          } else {
            vErrors.push(err2);
          }
          errors++;
        }
        if (func3(data0) < 1) {
          const err3 = { instancePath: instancePath + "/goal", schemaPath: "#/properties/goal/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema42.properties.goal, data: data0 };
          if (vErrors === null) {
            vErrors = [err3];
          } else {
            vErrors.push(err3);
          }
          errors++;
        }
      } else {
        const err4 = { instancePath: instancePath + "/goal", schemaPath: "#/properties/goal/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema42.properties.goal.type, parentSchema: schema42.properties.goal, data: data0 };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
    }
    if (data.formula !== void 0) {
      if (!validate48(data.formula, { instancePath: instancePath + "/formula", parentData: data, parentDataProperty: "formula", rootData })) {
        vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
        errors = vErrors.length;
      }
    }
    if (data.capability !== void 0) {
      if (!validate48(data.capability, { instancePath: instancePath + "/capability", parentData: data, parentDataProperty: "capability", rootData })) {
        vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
        errors = vErrors.length;
      }
    }
    if (data.risk !== void 0) {
      if (!validate57(data.risk, { instancePath: instancePath + "/risk", parentData: data, parentDataProperty: "risk", rootData })) {
        vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
        errors = vErrors.length;
      }
    }
    if (data.priority !== void 0) {
      if (!validate77(data.priority, { instancePath: instancePath + "/priority", parentData: data, parentDataProperty: "priority", rootData })) {
        vErrors = vErrors === null ? validate77.errors : vErrors.concat(validate77.errors);
        errors = vErrors.length;
      }
    }
    if (data.inputs !== void 0) {
      let data5 = data.inputs;
      if (!(data5 && typeof data5 == "object" && !Array.isArray(data5))) {
        const err5 = { instancePath: instancePath + "/inputs", schemaPath: "#/properties/inputs/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema42.properties.inputs.type, parentSchema: schema42.properties.inputs, data: data5 };
        if (vErrors === null) {
          vErrors = [err5];
        } else {
          vErrors.push(err5);
        }
        errors++;
      }
    }
    if (data.constraints !== void 0) {
      if (!validate79(data.constraints, { instancePath: instancePath + "/constraints", parentData: data, parentDataProperty: "constraints", rootData })) {
        vErrors = vErrors === null ? validate79.errors : vErrors.concat(validate79.errors);
        errors = vErrors.length;
      }
    }
    if (data.done !== void 0) {
      let data7 = data.done;
      if (Array.isArray(data7)) {
        if (data7.length > 50) {
          const err6 = { instancePath: instancePath + "/done", schemaPath: "#/properties/done/maxItems", keyword: "maxItems", params: { limit: 50 }, message: "must NOT have more than 50 items", schema: 50, parentSchema: schema42.properties.done, data: data7 };
          if (vErrors === null) {
            vErrors = [err6];
          } else {
            vErrors.push(err6);
          }
          errors++;
        }
        const len0 = data7.length;
        for (let i0 = 0; i0 < len0; i0++) {
          let data8 = data7[i0];
          if (typeof data8 === "string") {
            if (func3(data8) > 2e3) {
              const err7 = { instancePath: instancePath + "/done/" + i0, schemaPath: "#/properties/done/items/maxLength", keyword: "maxLength", params: { limit: 2e3 }, message: "must NOT have more than 2000 characters", schema: 2e3, parentSchema: schema42.properties.done.items, data: data8 };
              if (vErrors === null) {
                vErrors = [err7];
              } else {
                vErrors.push(err7);
              }
              errors++;
            }
            if (func3(data8) < 1) {
              const err8 = { instancePath: instancePath + "/done/" + i0, schemaPath: "#/properties/done/items/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema42.properties.done.items, data: data8 };
              if (vErrors === null) {
                vErrors = [err8];
              } else {
                vErrors.push(err8);
              }
              errors++;
            }
          } else {
            const err9 = { instancePath: instancePath + "/done/" + i0, schemaPath: "#/properties/done/items/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema42.properties.done.items.type, parentSchema: schema42.properties.done.items, data: data8 };
            if (vErrors === null) {
              vErrors = [err9];
            } else {
              vErrors.push(err9);
            }
            errors++;
          }
        }
      } else {
        const err10 = { instancePath: instancePath + "/done", schemaPath: "#/properties/done/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema42.properties.done.type, parentSchema: schema42.properties.done, data: data7 };
        if (vErrors === null) {
          vErrors = [err10];
        } else {
          vErrors.push(err10);
        }
        errors++;
      }
    }
    if (data.checks !== void 0) {
      let data9 = data.checks;
      if (Array.isArray(data9)) {
        if (data9.length > 20) {
          const err11 = { instancePath: instancePath + "/checks", schemaPath: "#/properties/checks/maxItems", keyword: "maxItems", params: { limit: 20 }, message: "must NOT have more than 20 items", schema: 20, parentSchema: schema42.properties.checks, data: data9 };
          if (vErrors === null) {
            vErrors = [err11];
          } else {
            vErrors.push(err11);
          }
          errors++;
        }
        const len1 = data9.length;
        for (let i1 = 0; i1 < len1; i1++) {
          let data10 = data9[i1];
          if (typeof data10 === "string") {
            if (!pattern9.test(data10)) {
              const err12 = { instancePath: instancePath + "/checks/" + i1, schemaPath: "#/properties/checks/items/pattern", keyword: "pattern", params: { pattern: "^[a-z][a-z0-9-]{0,39}$" }, message: 'must match pattern "^[a-z][a-z0-9-]{0,39}$"', schema: "^[a-z][a-z0-9-]{0,39}$", parentSchema: schema42.properties.checks.items, data: data10 };
              if (vErrors === null) {
                vErrors = [err12];
              } else {
                vErrors.push(err12);
              }
              errors++;
            }
          } else {
            const err13 = { instancePath: instancePath + "/checks/" + i1, schemaPath: "#/properties/checks/items/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema42.properties.checks.items.type, parentSchema: schema42.properties.checks.items, data: data10 };
            if (vErrors === null) {
              vErrors = [err13];
            } else {
              vErrors.push(err13);
            }
            errors++;
          }
        }
      } else {
        const err14 = { instancePath: instancePath + "/checks", schemaPath: "#/properties/checks/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema42.properties.checks.type, parentSchema: schema42.properties.checks, data: data9 };
        if (vErrors === null) {
          vErrors = [err14];
        } else {
          vErrors.push(err14);
        }
        errors++;
      }
    }
    if (data.context !== void 0) {
      let data11 = data.context;
      if (typeof data11 === "string") {
        if (func3(data11) > 2e5) {
          const err15 = { instancePath: instancePath + "/context", schemaPath: "#/properties/context/maxLength", keyword: "maxLength", params: { limit: 2e5 }, message: "must NOT have more than 200000 characters", schema: 2e5, parentSchema: schema42.properties.context, data: data11 };
          if (vErrors === null) {
            vErrors = [err15];
          } else {
            vErrors.push(err15);
          }
          errors++;
        }
      } else {
        const err16 = { instancePath: instancePath + "/context", schemaPath: "#/properties/context/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema42.properties.context.type, parentSchema: schema42.properties.context, data: data11 };
        if (vErrors === null) {
          vErrors = [err16];
        } else {
          vErrors.push(err16);
        }
        errors++;
      }
    }
    if (data.outside !== void 0) {
      let data12 = data.outside;
      if (typeof data12 === "string") {
        if (!pattern37.test(data12)) {
          const err17 = { instancePath: instancePath + "/outside", schemaPath: "#/properties/outside/pattern", keyword: "pattern", params: { pattern: "^[!-~]{1,300}$" }, message: 'must match pattern "^[!-~]{1,300}$"', schema: "^[!-~]{1,300}$", parentSchema: schema42.properties.outside, data: data12 };
          if (vErrors === null) {
            vErrors = [err17];
          } else {
            vErrors.push(err17);
          }
          errors++;
        }
      } else {
        const err18 = { instancePath: instancePath + "/outside", schemaPath: "#/properties/outside/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema42.properties.outside.type, parentSchema: schema42.properties.outside, data: data12 };
        if (vErrors === null) {
          vErrors = [err18];
        } else {
          vErrors.push(err18);
        }
        errors++;
      }
    }
    if (data.after !== void 0) {
      let data13 = data.after;
      if (Array.isArray(data13)) {
        if (data13.length > 50) {
          const err19 = { instancePath: instancePath + "/after", schemaPath: "#/properties/after/maxItems", keyword: "maxItems", params: { limit: 50 }, message: "must NOT have more than 50 items", schema: 50, parentSchema: schema42.properties.after, data: data13 };
          if (vErrors === null) {
            vErrors = [err19];
          } else {
            vErrors.push(err19);
          }
          errors++;
        }
        const len2 = data13.length;
        for (let i2 = 0; i2 < len2; i2++) {
          if (!validate48(data13[i2], { instancePath: instancePath + "/after/" + i2, parentData: data13, parentDataProperty: i2, rootData })) {
            vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err20 = { instancePath: instancePath + "/after", schemaPath: "#/properties/after/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema42.properties.after.type, parentSchema: schema42.properties.after, data: data13 };
        if (vErrors === null) {
          vErrors = [err20];
        } else {
          vErrors.push(err20);
        }
        errors++;
      }
    }
    if (data.dedupe !== void 0) {
      let data15 = data.dedupe;
      if (typeof data15 === "string") {
        if (func3(data15) > 200) {
          const err21 = { instancePath: instancePath + "/dedupe", schemaPath: "#/properties/dedupe/maxLength", keyword: "maxLength", params: { limit: 200 }, message: "must NOT have more than 200 characters", schema: 200, parentSchema: schema42.properties.dedupe, data: data15 };
          if (vErrors === null) {
            vErrors = [err21];
          } else {
            vErrors.push(err21);
          }
          errors++;
        }
        if (func3(data15) < 1) {
          const err22 = { instancePath: instancePath + "/dedupe", schemaPath: "#/properties/dedupe/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema42.properties.dedupe, data: data15 };
          if (vErrors === null) {
            vErrors = [err22];
          } else {
            vErrors.push(err22);
          }
          errors++;
        }
      } else {
        const err23 = { instancePath: instancePath + "/dedupe", schemaPath: "#/properties/dedupe/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema42.properties.dedupe.type, parentSchema: schema42.properties.dedupe, data: data15 };
        if (vErrors === null) {
          vErrors = [err23];
        } else {
          vErrors.push(err23);
        }
        errors++;
      }
    }
    if (data.expires !== void 0) {
      if (!validate191(data.expires, { instancePath: instancePath + "/expires", parentData: data, parentDataProperty: "expires", rootData })) {
        vErrors = vErrors === null ? validate191.errors : vErrors.concat(validate191.errors);
        errors = vErrors.length;
      }
    }
    if (data.unblocks !== void 0) {
      let data17 = data.unblocks;
      if (typeof data17 === "string") {
        if (func3(data17) > 2e3) {
          const err24 = { instancePath: instancePath + "/unblocks", schemaPath: "#/properties/unblocks/maxLength", keyword: "maxLength", params: { limit: 2e3 }, message: "must NOT have more than 2000 characters", schema: 2e3, parentSchema: schema42.properties.unblocks, data: data17 };
          if (vErrors === null) {
            vErrors = [err24];
          } else {
            vErrors.push(err24);
          }
          errors++;
        }
        if (func3(data17) < 1) {
          const err25 = { instancePath: instancePath + "/unblocks", schemaPath: "#/properties/unblocks/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema42.properties.unblocks, data: data17 };
          if (vErrors === null) {
            vErrors = [err25];
          } else {
            vErrors.push(err25);
          }
          errors++;
        }
      } else {
        const err26 = { instancePath: instancePath + "/unblocks", schemaPath: "#/properties/unblocks/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema42.properties.unblocks.type, parentSchema: schema42.properties.unblocks, data: data17 };
        if (vErrors === null) {
          vErrors = [err26];
        } else {
          vErrors.push(err26);
        }
        errors++;
      }
    }
  } else {
    const err27 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema42.type, parentSchema: schema42, data };
    if (vErrors === null) {
      vErrors = [err27];
    } else {
      vErrors.push(err27);
    }
    errors++;
  }
  validate184.errors = vErrors;
  return errors === 0;
}
const record = validate193;
const schema44 = { "title": "Order record", "description": "`ops/queue|active|waiting|done|failed|cancelled/…/<order>.yml`: an accepted order and what became of it. The folder is its state.", "type": "object", "additionalProperties": false, "required": ["id", "order", "formula", "dedupe", "accepted", "attempts"], "properties": { "id": { "$ref": "#/definitions/identifier" }, "order": { "$ref": "#/definitions/order" }, "formula": { "$ref": "#/definitions/identifier" }, "routed": { "title": "Routed", "description": "Why that formula, where the order does not name it.", "type": "string" }, "dedupe": { "title": "Dedupe key", "description": "The key in force.", "type": "string" }, "parent": { "$ref": "#/definitions/identifier" }, "depth": { "title": "Depth", "description": "How many orders, each filed by a run of the one before, led to this one; none where no run filed it.", "type": "integer", "minimum": 1 }, "accepted": { "title": "Accepted", "description": "Where it came from.", "type": "object", "additionalProperties": false, "required": ["at", "from", "digest", "actor"], "properties": { "at": { "$ref": "#/definitions/instant" }, "from": { "title": "From", "description": "The inbox file, the command or the run that it came from.", "type": "string" }, "digest": { "title": "Digest", "description": "SHA-256 of the original bytes.", "type": "string" }, "actor": { "title": "Actor", "description": "Who asked.", "type": "string" }, "onBehalfOf": { "title": "On behalf of", "description": "Whose order led to this one, where a run filed it; who fired the trigger, where a person did.", "type": "string" }, "chain": { "title": "Chain", "description": "How many triggers fired one after the other, each by what the order before came to, until this one was made.", "type": "integer", "minimum": 1 }, "work": { "title": "Work", "description": "What it is work on, where whoever made it knows: `request` (people ask for it), `build` (something is broken), `backlog`, `follow-up` (of a review, or a conflict) or `friction`. It says whose turn is first.", "type": "string", "enum": ["request", "build", "backlog", "follow-up", "friction"] } } }, "attempts": { "title": "Attempts", "description": "How many runs have been started.", "type": "integer", "minimum": 0 }, "outage": { "title": "Outage", "description": "Runs in a row that ended by what was broken around them and not by the work's own fault. They use up no attempt, and after twelve of them a person is asked.", "type": "object", "additionalProperties": false, "required": ["times", "class", "at"], "properties": { "times": { "title": "Times", "description": "How many.", "type": "integer", "minimum": 1 }, "class": { "title": "Class", "description": "The failure class of the last.", "type": "string" }, "at": { "$ref": "#/definitions/instant" } } }, "past": { "title": "Past", "description": "Its runs that failed, the oldest first; of many, the newest fifty.", "type": "array", "maxItems": 50, "items": { "type": "object", "additionalProperties": false, "required": ["run", "at", "class", "evidence"], "properties": { "run": { "title": "Run", "description": "The run.", "type": "string" }, "at": { "$ref": "#/definitions/instant" }, "class": { "title": "Class", "description": "The failure class.", "type": "string" }, "evidence": { "title": "Evidence", "description": "The evidence folder, relative to the ops branch.", "type": "string" } } } }, "spent": { "$ref": "#/definitions/usage" }, "allowance": { "$ref": "#/definitions/bounds" }, "given": { "$ref": "#/definitions/bounds" }, "granted": { "$ref": "#/definitions/bounds" }, "failures": { "title": "Failures", "description": "How many runs failed by the work's own fault; these use up the formula's attempts.", "type": "integer", "minimum": 0 }, "run": { "$ref": "#/definitions/runRecord" }, "shipped": { "title": "Shipped", "description": "The result of its run, which is on its way into the target.", "type": "object", "additionalProperties": false, "required": ["branch", "commit", "base", "into", "via", "at"], "properties": { "branch": { "title": "Branch", "description": "The order's own branch.", "type": "string" }, "commit": { "$ref": "#/definitions/commitId" }, "base": { "$ref": "#/definitions/commitId" }, "into": { "$ref": "#/definitions/branchName" }, "via": { "$ref": "#/definitions/via" }, "at": { "$ref": "#/definitions/instant" }, "resolvers": { "title": "Resolvers", "description": "The orders that were made to bring it together with a target that it does not fit.", "type": "array", "minItems": 1, "maxItems": 10, "items": { "$ref": "#/definitions/identifier" } }, "tier": { "$ref": "#/definitions/tier" }, "pull": { "title": "Pull request", "description": "Its pull request, once there is one.", "type": "object", "additionalProperties": false, "required": ["number", "url"], "properties": { "number": { "title": "Number", "description": "On the forge.", "type": "integer", "minimum": 1 }, "url": { "title": "URL", "description": "Where it is.", "type": "string", "maxLength": 2e3 } } } } }, "waiting": { "title": "Waiting", "description": "Why it is parked.", "type": "object", "additionalProperties": false, "required": ["since", "reason"], "properties": { "since": { "$ref": "#/definitions/instant" }, "until": { "$ref": "#/definitions/instant" }, "on": { "title": "On", "description": "What it waits for.", "type": "string", "enum": ["time", "order", "sandbox", "model", "config", "policy", "approval", "person", "integration"] }, "orders": { "title": "Orders", "description": "Orders that its run filed, and goes on after; of a result on its way the one that brings it together with its target.", "type": "array", "minItems": 1, "items": { "$ref": "#/definitions/identifier" } }, "request": { "$ref": "#/definitions/identifier" }, "asked": { "title": "Asked", "description": "SHA-256 of the request's file, as it was asked.", "type": "string" }, "reason": { "title": "Reason", "description": "In words.", "type": "string" }, "tried": { "$ref": "#/definitions/commitId" }, "people": { "title": "People", "description": "Only people get on with it: on its pull request nothing more is tried.", "type": "boolean", "const": true }, "failure": { "$ref": "#/definitions/failure" } } }, "ended": { "title": "Ended", "description": "How it ended.", "type": "object", "additionalProperties": false, "required": ["at", "outcome"], "properties": { "at": { "$ref": "#/definitions/instant" }, "outcome": { "title": "Outcome", "description": "`shipped`, `no-change`, `held-back` (only cosmetic or documentation), `completed` (nothing to ship), `failed`, `cancelled`, `withdrawn` (its issue asks for it no more), `expired` or `replaced`.", "type": "string", "enum": ["shipped", "no-change", "held-back", "completed", "failed", "cancelled", "withdrawn", "expired", "replaced"] }, "branch": { "title": "Branch", "description": "Where it shipped.", "type": "string" }, "commit": { "title": "Commit", "description": "What shipped.", "type": "string" }, "into": { "$ref": "#/definitions/branchName" }, "seen": { "$ref": "#/definitions/commitId" }, "pull": { "title": "Pull request", "description": "The pull request of what shipped, by the forge's record.", "type": "object", "additionalProperties": false, "required": ["number", "url"], "properties": { "number": { "title": "Number", "description": "On the forge.", "type": "integer", "minimum": 1 }, "url": { "title": "URL", "description": "Where it is.", "type": "string", "maxLength": 2e3 }, "by": { "title": "By", "description": "Who merged or closed it: a login.", "type": "string", "maxLength": 200 }, "as": { "$ref": "#/definitions/commitId" }, "with": { "title": "With", "description": "`others`: what was merged is the result with changes of others.", "type": "string", "enum": ["others"] } } }, "evidence": { "title": "Evidence", "description": "The evidence folder, relative to the ops branch.", "type": "string" }, "reason": { "title": "Reason", "description": "In words.", "type": "string" }, "failure": { "$ref": "#/definitions/failure" } } } } };
const schema45 = { "title": "Usage", "description": "What working with models used.", "type": "object", "additionalProperties": false, "required": ["turns", "inputTokens", "outputTokens", "costUsd"], "properties": { "turns": { "title": "Turns", "description": "Answers of models.", "type": "integer", "minimum": 0 }, "inputTokens": { "title": "Input tokens", "description": "What models read.", "type": "integer", "minimum": 0 }, "outputTokens": { "title": "Output tokens", "description": "What models wrote.", "type": "integer", "minimum": 0 }, "costUsd": { "title": "Cost", "description": "In US dollars, by the prices under `models`.", "type": "number", "minimum": 0 } } };
function validate201(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.turns === void 0) {
      const err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "turns" }, message: "must have required property 'turns'", schema: schema45.required, parentSchema: schema45, data };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (data.inputTokens === void 0) {
      const err1 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "inputTokens" }, message: "must have required property 'inputTokens'", schema: schema45.required, parentSchema: schema45, data };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    if (data.outputTokens === void 0) {
      const err2 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "outputTokens" }, message: "must have required property 'outputTokens'", schema: schema45.required, parentSchema: schema45, data };
      if (vErrors === null) {
        vErrors = [err2];
      } else {
        vErrors.push(err2);
      }
      errors++;
    }
    if (data.costUsd === void 0) {
      const err3 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "costUsd" }, message: "must have required property 'costUsd'", schema: schema45.required, parentSchema: schema45, data };
      if (vErrors === null) {
        vErrors = [err3];
      } else {
        vErrors.push(err3);
      }
      errors++;
    }
    for (const key0 in data) {
      if (!(key0 === "turns" || key0 === "inputTokens" || key0 === "outputTokens" || key0 === "costUsd")) {
        const err4 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties", schema: false, parentSchema: schema45, data };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
    }
    if (data.turns !== void 0) {
      let data0 = data.turns;
      if (!(typeof data0 == "number" && (!(data0 % 1) && !isNaN(data0)) && isFinite(data0))) {
        const err5 = { instancePath: instancePath + "/turns", schemaPath: "#/properties/turns/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema45.properties.turns.type, parentSchema: schema45.properties.turns, data: data0 };
        if (vErrors === null) {
          vErrors = [err5];
        } else {
          vErrors.push(err5);
        }
        errors++;
      }
      if (typeof data0 == "number" && isFinite(data0)) {
        if (data0 < 0 || isNaN(data0)) {
          const err6 = { instancePath: instancePath + "/turns", schemaPath: "#/properties/turns/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0", schema: 0, parentSchema: schema45.properties.turns, data: data0 };
          if (vErrors === null) {
            vErrors = [err6];
          } else {
            vErrors.push(err6);
          }
          errors++;
        }
      }
    }
    if (data.inputTokens !== void 0) {
      let data1 = data.inputTokens;
      if (!(typeof data1 == "number" && (!(data1 % 1) && !isNaN(data1)) && isFinite(data1))) {
        const err7 = { instancePath: instancePath + "/inputTokens", schemaPath: "#/properties/inputTokens/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema45.properties.inputTokens.type, parentSchema: schema45.properties.inputTokens, data: data1 };
        if (vErrors === null) {
          vErrors = [err7];
        } else {
          vErrors.push(err7);
        }
        errors++;
      }
      if (typeof data1 == "number" && isFinite(data1)) {
        if (data1 < 0 || isNaN(data1)) {
          const err8 = { instancePath: instancePath + "/inputTokens", schemaPath: "#/properties/inputTokens/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0", schema: 0, parentSchema: schema45.properties.inputTokens, data: data1 };
          if (vErrors === null) {
            vErrors = [err8];
          } else {
            vErrors.push(err8);
          }
          errors++;
        }
      }
    }
    if (data.outputTokens !== void 0) {
      let data2 = data.outputTokens;
      if (!(typeof data2 == "number" && (!(data2 % 1) && !isNaN(data2)) && isFinite(data2))) {
        const err9 = { instancePath: instancePath + "/outputTokens", schemaPath: "#/properties/outputTokens/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema45.properties.outputTokens.type, parentSchema: schema45.properties.outputTokens, data: data2 };
        if (vErrors === null) {
          vErrors = [err9];
        } else {
          vErrors.push(err9);
        }
        errors++;
      }
      if (typeof data2 == "number" && isFinite(data2)) {
        if (data2 < 0 || isNaN(data2)) {
          const err10 = { instancePath: instancePath + "/outputTokens", schemaPath: "#/properties/outputTokens/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0", schema: 0, parentSchema: schema45.properties.outputTokens, data: data2 };
          if (vErrors === null) {
            vErrors = [err10];
          } else {
            vErrors.push(err10);
          }
          errors++;
        }
      }
    }
    if (data.costUsd !== void 0) {
      let data3 = data.costUsd;
      if (typeof data3 == "number" && isFinite(data3)) {
        if (data3 < 0 || isNaN(data3)) {
          const err11 = { instancePath: instancePath + "/costUsd", schemaPath: "#/properties/costUsd/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0", schema: 0, parentSchema: schema45.properties.costUsd, data: data3 };
          if (vErrors === null) {
            vErrors = [err11];
          } else {
            vErrors.push(err11);
          }
          errors++;
        }
      } else {
        const err12 = { instancePath: instancePath + "/costUsd", schemaPath: "#/properties/costUsd/type", keyword: "type", params: { type: "number" }, message: "must be number", schema: schema45.properties.costUsd.type, parentSchema: schema45.properties.costUsd, data: data3 };
        if (vErrors === null) {
          vErrors = [err12];
        } else {
          vErrors.push(err12);
        }
        errors++;
      }
    }
  } else {
    const err13 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema45.type, parentSchema: schema45, data };
    if (vErrors === null) {
      vErrors = [err13];
    } else {
      vErrors.push(err13);
    }
    errors++;
  }
  validate201.errors = vErrors;
  return errors === 0;
}
const schema46 = { "title": "Bounds", "description": "The most that may be used; what is not named is not bounded.", "type": "object", "additionalProperties": false, "properties": { "turns": { "title": "Turns", "description": "Answers of models.", "type": "integer", "minimum": 0 }, "tokens": { "title": "Tokens", "description": "Model tokens, read and written.", "type": "integer", "minimum": 0 }, "cost": { "title": "Cost", "description": "US dollars.", "type": "number", "minimum": 0 } } };
function validate203(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!(key0 === "turns" || key0 === "tokens" || key0 === "cost")) {
        const err0 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties", schema: false, parentSchema: schema46, data };
        if (vErrors === null) {
          vErrors = [err0];
        } else {
          vErrors.push(err0);
        }
        errors++;
      }
    }
    if (data.turns !== void 0) {
      let data0 = data.turns;
      if (!(typeof data0 == "number" && (!(data0 % 1) && !isNaN(data0)) && isFinite(data0))) {
        const err1 = { instancePath: instancePath + "/turns", schemaPath: "#/properties/turns/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema46.properties.turns.type, parentSchema: schema46.properties.turns, data: data0 };
        if (vErrors === null) {
          vErrors = [err1];
        } else {
          vErrors.push(err1);
        }
        errors++;
      }
      if (typeof data0 == "number" && isFinite(data0)) {
        if (data0 < 0 || isNaN(data0)) {
          const err2 = { instancePath: instancePath + "/turns", schemaPath: "#/properties/turns/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0", schema: 0, parentSchema: schema46.properties.turns, data: data0 };
          if (vErrors === null) {
            vErrors = [err2];
          } else {
            vErrors.push(err2);
          }
          errors++;
        }
      }
    }
    if (data.tokens !== void 0) {
      let data1 = data.tokens;
      if (!(typeof data1 == "number" && (!(data1 % 1) && !isNaN(data1)) && isFinite(data1))) {
        const err3 = { instancePath: instancePath + "/tokens", schemaPath: "#/properties/tokens/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema46.properties.tokens.type, parentSchema: schema46.properties.tokens, data: data1 };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
      if (typeof data1 == "number" && isFinite(data1)) {
        if (data1 < 0 || isNaN(data1)) {
          const err4 = { instancePath: instancePath + "/tokens", schemaPath: "#/properties/tokens/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0", schema: 0, parentSchema: schema46.properties.tokens, data: data1 };
          if (vErrors === null) {
            vErrors = [err4];
          } else {
            vErrors.push(err4);
          }
          errors++;
        }
      }
    }
    if (data.cost !== void 0) {
      let data2 = data.cost;
      if (typeof data2 == "number" && isFinite(data2)) {
        if (data2 < 0 || isNaN(data2)) {
          const err5 = { instancePath: instancePath + "/cost", schemaPath: "#/properties/cost/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0", schema: 0, parentSchema: schema46.properties.cost, data: data2 };
          if (vErrors === null) {
            vErrors = [err5];
          } else {
            vErrors.push(err5);
          }
          errors++;
        }
      } else {
        const err6 = { instancePath: instancePath + "/cost", schemaPath: "#/properties/cost/type", keyword: "type", params: { type: "number" }, message: "must be number", schema: schema46.properties.cost.type, parentSchema: schema46.properties.cost, data: data2 };
        if (vErrors === null) {
          vErrors = [err6];
        } else {
          vErrors.push(err6);
        }
        errors++;
      }
    }
  } else {
    const err7 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema46.type, parentSchema: schema46, data };
    if (vErrors === null) {
      vErrors = [err7];
    } else {
      vErrors.push(err7);
    }
    errors++;
  }
  validate203.errors = vErrors;
  return errors === 0;
}
const schema47 = { "title": "Run record", "description": "One attempt at an order by one runner.", "type": "object", "additionalProperties": false, "required": ["id", "attempt", "claimedAt", "claimant", "leaseUntil", "formula", "formulaDigest", "base", "driver", "steps"], "properties": { "id": { "title": "Run id", "description": "`<order>-<attempt>`.", "type": "string", "pattern": "^[a-z0-9][a-z0-9-]{0,79}$" }, "attempt": { "title": "Attempt", "description": "Counts from 1.", "type": "integer", "minimum": 1 }, "claimedAt": { "$ref": "#/definitions/instant" }, "claimant": { "$ref": "#/definitions/claimant" }, "leaseUntil": { "$ref": "#/definitions/instant" }, "formula": { "$ref": "#/definitions/identifier" }, "formulaDigest": { "title": "Formula digest", "description": "SHA-256 of the formula's text.", "type": "string" }, "agent": { "title": "Agent", "description": "The formula's agent, where it has one.", "type": "string" }, "lost": { "title": "Lost", "description": "Runners of this run that died one after the other without any step coming to an end.", "type": "object", "additionalProperties": false, "required": ["times", "settled"], "properties": { "times": { "title": "Times", "description": "How many.", "type": "integer", "minimum": 1 }, "settled": { "title": "Settled", "description": "How many steps had come to an end then.", "type": "integer", "minimum": 0 } } }, "grantedMs": { "title": "Granted", "description": "Milliseconds that people granted it beyond its budget.", "type": "integer", "minimum": 0 }, "pausedAt": { "$ref": "#/definitions/instant" }, "usedBefore": { "$ref": "#/definitions/usage" }, "waitedMs": { "title": "Waited", "description": "Milliseconds that it waited for people, which do not count against its time.", "type": "integer", "minimum": 0 }, "start": { "$ref": "#/definitions/identifier" }, "request": { "$ref": "#/definitions/identifier" }, "base": { "title": "Base", "description": "The commit that the work starts from.", "type": "string", "pattern": "^[0-9a-f]{40,64}$" }, "merge": { "title": "Merge", "description": "The automatic merge that `base` is, where the formula starts from one. Where `base` is `head`, there was nothing to merge.", "type": "object", "additionalProperties": false, "required": ["branch", "head", "incoming", "conflicts"], "properties": { "branch": { "title": "Branch", "description": "The branch that is brought up to date.", "type": "string" }, "head": { "title": "Head", "description": "Its tip, the first parent of what ships.", "type": "string", "pattern": "^[0-9a-f]{40,64}$" }, "incoming": { "title": "Incoming", "description": "The tip of the project's branch, or of `into`, the second parent.", "type": "string", "pattern": "^[0-9a-f]{40,64}$" }, "into": { "$ref": "#/definitions/branchName" }, "conflicts": { "title": "Conflicts", "description": "What could not be merged by itself.", "type": "array", "items": { "type": "object", "additionalProperties": false, "required": ["path", "kind"], "properties": { "path": { "title": "Path", "description": "The file.", "type": "string" }, "kind": { "title": "Kind", "description": "In git's words, such as `contents` or `modify/delete`.", "type": "string" } } } } } }, "integration": { "title": "Integration", "description": "The run is over, and a runner merges its result.", "type": "object", "additionalProperties": false, "required": ["into", "target", "batch"], "properties": { "into": { "$ref": "#/definitions/branchName" }, "target": { "$ref": "#/definitions/commitId" }, "batch": { "title": "Batch", "description": "The orders whose results are tried together, this one first.", "type": "array", "minItems": 1, "maxItems": 50, "items": { "$ref": "#/definitions/identifier" } } } }, "driver": { "title": "Driver", "description": "The sandbox driver.", "type": "string", "enum": ["docker", "bubblewrap", "host"] }, "resolved": { "title": "Resolved", "description": "Conflicts with a base that moved that were resolved without anybody.", "type": "array", "maxItems": 200, "items": { "type": "object", "additionalProperties": false, "required": ["path", "by", "onto"], "properties": { "path": { "title": "Path", "description": "The file.", "type": "string" }, "by": { "title": "By", "description": "`recorded`: as people resolved the same conflict before (`git rerere`). `union`: both sides, by `merge=union` in the `.gitattributes` of the base.", "type": "string", "enum": ["recorded", "union"] }, "onto": { "title": "Onto", "description": "The base that it was resolved on.", "type": "string" } } } }, "rounds": { "title": "Rounds", "description": "Reviews that sent the run back, in their order.", "type": "array", "maxItems": 200, "items": { "$ref": "#/definitions/round" } }, "steps": { "title": "Steps", "description": "The status of each step, by its key.", "type": "object", "additionalProperties": { "$ref": "#/definitions/stepStatus" } } } };
const pattern39 = new RegExp("^[a-z0-9][a-z0-9-]{0,79}$", "u");
const pattern40 = new RegExp("^[0-9a-f]{40,64}$", "u");
const schema48 = { "title": "Claimant", "description": "The runner process that holds a claim.", "type": "object", "additionalProperties": false, "required": ["host", "pid", "startedAt", "boot"], "properties": { "host": { "title": "Host", "description": "The machine's name.", "type": "string" }, "pid": { "title": "Process id", "description": "On that machine.", "type": "integer", "minimum": 1 }, "startedAt": { "title": "Process start", "description": "The kernel's start time of that process, so that a reused id is told apart.", "type": "string" }, "boot": { "title": "Boot", "description": "The machine's boot id.", "type": "string" } } };
function validate209(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.host === void 0) {
      const err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "host" }, message: "must have required property 'host'", schema: schema48.required, parentSchema: schema48, data };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (data.pid === void 0) {
      const err1 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "pid" }, message: "must have required property 'pid'", schema: schema48.required, parentSchema: schema48, data };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    if (data.startedAt === void 0) {
      const err2 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "startedAt" }, message: "must have required property 'startedAt'", schema: schema48.required, parentSchema: schema48, data };
      if (vErrors === null) {
        vErrors = [err2];
      } else {
        vErrors.push(err2);
      }
      errors++;
    }
    if (data.boot === void 0) {
      const err3 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "boot" }, message: "must have required property 'boot'", schema: schema48.required, parentSchema: schema48, data };
      if (vErrors === null) {
        vErrors = [err3];
      } else {
        vErrors.push(err3);
      }
      errors++;
    }
    for (const key0 in data) {
      if (!(key0 === "host" || key0 === "pid" || key0 === "startedAt" || key0 === "boot")) {
        const err4 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties", schema: false, parentSchema: schema48, data };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
    }
    if (data.host !== void 0) {
      let data0 = data.host;
      if (typeof data0 !== "string") {
        const err5 = { instancePath: instancePath + "/host", schemaPath: "#/properties/host/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema48.properties.host.type, parentSchema: schema48.properties.host, data: data0 };
        if (vErrors === null) {
          vErrors = [err5];
        } else {
          vErrors.push(err5);
        }
        errors++;
      }
    }
    if (data.pid !== void 0) {
      let data1 = data.pid;
      if (!(typeof data1 == "number" && (!(data1 % 1) && !isNaN(data1)) && isFinite(data1))) {
        const err6 = { instancePath: instancePath + "/pid", schemaPath: "#/properties/pid/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema48.properties.pid.type, parentSchema: schema48.properties.pid, data: data1 };
        if (vErrors === null) {
          vErrors = [err6];
        } else {
          vErrors.push(err6);
        }
        errors++;
      }
      if (typeof data1 == "number" && isFinite(data1)) {
        if (data1 < 1 || isNaN(data1)) {
          const err7 = { instancePath: instancePath + "/pid", schemaPath: "#/properties/pid/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1", schema: 1, parentSchema: schema48.properties.pid, data: data1 };
          if (vErrors === null) {
            vErrors = [err7];
          } else {
            vErrors.push(err7);
          }
          errors++;
        }
      }
    }
    if (data.startedAt !== void 0) {
      let data2 = data.startedAt;
      if (typeof data2 !== "string") {
        const err8 = { instancePath: instancePath + "/startedAt", schemaPath: "#/properties/startedAt/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema48.properties.startedAt.type, parentSchema: schema48.properties.startedAt, data: data2 };
        if (vErrors === null) {
          vErrors = [err8];
        } else {
          vErrors.push(err8);
        }
        errors++;
      }
    }
    if (data.boot !== void 0) {
      let data3 = data.boot;
      if (typeof data3 !== "string") {
        const err9 = { instancePath: instancePath + "/boot", schemaPath: "#/properties/boot/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema48.properties.boot.type, parentSchema: schema48.properties.boot, data: data3 };
        if (vErrors === null) {
          vErrors = [err9];
        } else {
          vErrors.push(err9);
        }
        errors++;
      }
    }
  } else {
    const err10 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema48.type, parentSchema: schema48, data };
    if (vErrors === null) {
      vErrors = [err10];
    } else {
      vErrors.push(err10);
    }
    errors++;
  }
  validate209.errors = vErrors;
  return errors === 0;
}
const schema49 = { "title": "Commit", "description": "A commit's full name.", "type": "string", "pattern": "^[0-9a-f]{40,64}$" };
function validate219(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (typeof data === "string") {
    if (!pattern40.test(data)) {
      const err0 = { instancePath, schemaPath: "#/pattern", keyword: "pattern", params: { pattern: "^[0-9a-f]{40,64}$" }, message: 'must match pattern "^[0-9a-f]{40,64}$"', schema: "^[0-9a-f]{40,64}$", parentSchema: schema49, data };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
  } else {
    const err1 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema49.type, parentSchema: schema49, data };
    if (vErrors === null) {
      vErrors = [err1];
    } else {
      vErrors.push(err1);
    }
    errors++;
  }
  validate219.errors = vErrors;
  return errors === 0;
}
const schema50 = { "title": "Round", "description": "A review that sent the run back.", "type": "object", "additionalProperties": false, "required": ["review", "fix", "number", "at", "findings"], "properties": { "review": { "title": "Review", "description": "The step that reviewed.", "type": "string" }, "fix": { "title": "Fix", "description": "The step that it sent the run back to.", "type": "string" }, "number": { "title": "Number", "description": "Counts the rounds of this review from 1.", "type": "integer", "minimum": 1 }, "at": { "$ref": "#/definitions/instant" }, "snapshot": { "title": "Snapshot commit", "description": "What was reviewed, and what the fix starts from. Absent where nothing vouches for it any more.", "type": "string", "pattern": "^[0-9a-f]{40,64}$" }, "summary": { "title": "Summary", "description": "In the reviewer's words.", "type": "string", "maxLength": 2e3 }, "tier": { "$ref": "#/definitions/tier" }, "findings": { "title": "Findings", "description": "What was found.", "type": "array", "maxItems": 100, "items": { "$ref": "#/definitions/finding" } } } };
const schema51 = { "title": "Finding", "description": "Something that a review found.", "type": "object", "additionalProperties": false, "required": ["severity", "title", "from"], "properties": { "severity": { "title": "Severity", "description": "`note` never holds anything up.", "type": "string", "enum": ["high", "medium", "low", "note"] }, "title": { "title": "Title", "description": "In a sentence.", "type": "string", "maxLength": 300 }, "detail": { "title": "Detail", "description": "Why, and what follows from it.", "type": "string", "maxLength": 2e3 }, "suggestion": { "title": "Suggestion", "description": "What would mend it.", "type": "string", "maxLength": 2e3 }, "file": { "title": "File", "description": "Where, relative to the top of the repository.", "type": "string", "maxLength": 1e3 }, "line": { "title": "Line", "description": "Counts from 1.", "type": "integer", "minimum": 1 }, "from": { "title": "From", "description": "`reviewer`: an agent says so. `runner`: computed from the trees.", "type": "string", "enum": ["reviewer", "runner"] }, "doubt": { "title": "Doubt", "description": "What is wrong with the place: the file is not there, or is not that long.", "type": "string", "maxLength": 200 } } };
function validate225(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.severity === void 0) {
      const err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "severity" }, message: "must have required property 'severity'", schema: schema51.required, parentSchema: schema51, data };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (data.title === void 0) {
      const err1 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "title" }, message: "must have required property 'title'", schema: schema51.required, parentSchema: schema51, data };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    if (data.from === void 0) {
      const err2 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "from" }, message: "must have required property 'from'", schema: schema51.required, parentSchema: schema51, data };
      if (vErrors === null) {
        vErrors = [err2];
      } else {
        vErrors.push(err2);
      }
      errors++;
    }
    for (const key0 in data) {
      if (!(key0 === "severity" || key0 === "title" || key0 === "detail" || key0 === "suggestion" || key0 === "file" || key0 === "line" || key0 === "from" || key0 === "doubt")) {
        const err3 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties", schema: false, parentSchema: schema51, data };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
    }
    if (data.severity !== void 0) {
      let data0 = data.severity;
      if (typeof data0 !== "string") {
        const err4 = { instancePath: instancePath + "/severity", schemaPath: "#/properties/severity/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema51.properties.severity.type, parentSchema: schema51.properties.severity, data: data0 };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
      if (!(data0 === "high" || data0 === "medium" || data0 === "low" || data0 === "note")) {
        const err5 = { instancePath: instancePath + "/severity", schemaPath: "#/properties/severity/enum", keyword: "enum", params: { allowedValues: schema51.properties.severity.enum }, message: "must be equal to one of the allowed values", schema: schema51.properties.severity.enum, parentSchema: schema51.properties.severity, data: data0 };
        if (vErrors === null) {
          vErrors = [err5];
        } else {
          vErrors.push(err5);
        }
        errors++;
      }
    }
    if (data.title !== void 0) {
      let data1 = data.title;
      if (typeof data1 === "string") {
        if (func3(data1) > 300) {
          const err6 = { instancePath: instancePath + "/title", schemaPath: "#/properties/title/maxLength", keyword: "maxLength", params: { limit: 300 }, message: "must NOT have more than 300 characters", schema: 300, parentSchema: schema51.properties.title, data: data1 };
          if (vErrors === null) {
            vErrors = [err6];
          } else {
            vErrors.push(err6);
          }
          errors++;
        }
      } else {
        const err7 = { instancePath: instancePath + "/title", schemaPath: "#/properties/title/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema51.properties.title.type, parentSchema: schema51.properties.title, data: data1 };
        if (vErrors === null) {
          vErrors = [err7];
        } else {
          vErrors.push(err7);
        }
        errors++;
      }
    }
    if (data.detail !== void 0) {
      let data2 = data.detail;
      if (typeof data2 === "string") {
        if (func3(data2) > 2e3) {
          const err8 = { instancePath: instancePath + "/detail", schemaPath: "#/properties/detail/maxLength", keyword: "maxLength", params: { limit: 2e3 }, message: "must NOT have more than 2000 characters", schema: 2e3, parentSchema: schema51.properties.detail, data: data2 };
          if (vErrors === null) {
            vErrors = [err8];
          } else {
            vErrors.push(err8);
          }
          errors++;
        }
      } else {
        const err9 = { instancePath: instancePath + "/detail", schemaPath: "#/properties/detail/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema51.properties.detail.type, parentSchema: schema51.properties.detail, data: data2 };
        if (vErrors === null) {
          vErrors = [err9];
        } else {
          vErrors.push(err9);
        }
        errors++;
      }
    }
    if (data.suggestion !== void 0) {
      let data3 = data.suggestion;
      if (typeof data3 === "string") {
        if (func3(data3) > 2e3) {
          const err10 = { instancePath: instancePath + "/suggestion", schemaPath: "#/properties/suggestion/maxLength", keyword: "maxLength", params: { limit: 2e3 }, message: "must NOT have more than 2000 characters", schema: 2e3, parentSchema: schema51.properties.suggestion, data: data3 };
          if (vErrors === null) {
            vErrors = [err10];
          } else {
            vErrors.push(err10);
          }
          errors++;
        }
      } else {
        const err11 = { instancePath: instancePath + "/suggestion", schemaPath: "#/properties/suggestion/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema51.properties.suggestion.type, parentSchema: schema51.properties.suggestion, data: data3 };
        if (vErrors === null) {
          vErrors = [err11];
        } else {
          vErrors.push(err11);
        }
        errors++;
      }
    }
    if (data.file !== void 0) {
      let data4 = data.file;
      if (typeof data4 === "string") {
        if (func3(data4) > 1e3) {
          const err12 = { instancePath: instancePath + "/file", schemaPath: "#/properties/file/maxLength", keyword: "maxLength", params: { limit: 1e3 }, message: "must NOT have more than 1000 characters", schema: 1e3, parentSchema: schema51.properties.file, data: data4 };
          if (vErrors === null) {
            vErrors = [err12];
          } else {
            vErrors.push(err12);
          }
          errors++;
        }
      } else {
        const err13 = { instancePath: instancePath + "/file", schemaPath: "#/properties/file/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema51.properties.file.type, parentSchema: schema51.properties.file, data: data4 };
        if (vErrors === null) {
          vErrors = [err13];
        } else {
          vErrors.push(err13);
        }
        errors++;
      }
    }
    if (data.line !== void 0) {
      let data5 = data.line;
      if (!(typeof data5 == "number" && (!(data5 % 1) && !isNaN(data5)) && isFinite(data5))) {
        const err14 = { instancePath: instancePath + "/line", schemaPath: "#/properties/line/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema51.properties.line.type, parentSchema: schema51.properties.line, data: data5 };
        if (vErrors === null) {
          vErrors = [err14];
        } else {
          vErrors.push(err14);
        }
        errors++;
      }
      if (typeof data5 == "number" && isFinite(data5)) {
        if (data5 < 1 || isNaN(data5)) {
          const err15 = { instancePath: instancePath + "/line", schemaPath: "#/properties/line/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1", schema: 1, parentSchema: schema51.properties.line, data: data5 };
          if (vErrors === null) {
            vErrors = [err15];
          } else {
            vErrors.push(err15);
          }
          errors++;
        }
      }
    }
    if (data.from !== void 0) {
      let data6 = data.from;
      if (typeof data6 !== "string") {
        const err16 = { instancePath: instancePath + "/from", schemaPath: "#/properties/from/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema51.properties.from.type, parentSchema: schema51.properties.from, data: data6 };
        if (vErrors === null) {
          vErrors = [err16];
        } else {
          vErrors.push(err16);
        }
        errors++;
      }
      if (!(data6 === "reviewer" || data6 === "runner")) {
        const err17 = { instancePath: instancePath + "/from", schemaPath: "#/properties/from/enum", keyword: "enum", params: { allowedValues: schema51.properties.from.enum }, message: "must be equal to one of the allowed values", schema: schema51.properties.from.enum, parentSchema: schema51.properties.from, data: data6 };
        if (vErrors === null) {
          vErrors = [err17];
        } else {
          vErrors.push(err17);
        }
        errors++;
      }
    }
    if (data.doubt !== void 0) {
      let data7 = data.doubt;
      if (typeof data7 === "string") {
        if (func3(data7) > 200) {
          const err18 = { instancePath: instancePath + "/doubt", schemaPath: "#/properties/doubt/maxLength", keyword: "maxLength", params: { limit: 200 }, message: "must NOT have more than 200 characters", schema: 200, parentSchema: schema51.properties.doubt, data: data7 };
          if (vErrors === null) {
            vErrors = [err18];
          } else {
            vErrors.push(err18);
          }
          errors++;
        }
      } else {
        const err19 = { instancePath: instancePath + "/doubt", schemaPath: "#/properties/doubt/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema51.properties.doubt.type, parentSchema: schema51.properties.doubt, data: data7 };
        if (vErrors === null) {
          vErrors = [err19];
        } else {
          vErrors.push(err19);
        }
        errors++;
      }
    }
  } else {
    const err20 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema51.type, parentSchema: schema51, data };
    if (vErrors === null) {
      vErrors = [err20];
    } else {
      vErrors.push(err20);
    }
    errors++;
  }
  validate225.errors = vErrors;
  return errors === 0;
}
function validate222(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.review === void 0) {
      const err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "review" }, message: "must have required property 'review'", schema: schema50.required, parentSchema: schema50, data };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (data.fix === void 0) {
      const err1 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "fix" }, message: "must have required property 'fix'", schema: schema50.required, parentSchema: schema50, data };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    if (data.number === void 0) {
      const err2 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "number" }, message: "must have required property 'number'", schema: schema50.required, parentSchema: schema50, data };
      if (vErrors === null) {
        vErrors = [err2];
      } else {
        vErrors.push(err2);
      }
      errors++;
    }
    if (data.at === void 0) {
      const err3 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "at" }, message: "must have required property 'at'", schema: schema50.required, parentSchema: schema50, data };
      if (vErrors === null) {
        vErrors = [err3];
      } else {
        vErrors.push(err3);
      }
      errors++;
    }
    if (data.findings === void 0) {
      const err4 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "findings" }, message: "must have required property 'findings'", schema: schema50.required, parentSchema: schema50, data };
      if (vErrors === null) {
        vErrors = [err4];
      } else {
        vErrors.push(err4);
      }
      errors++;
    }
    for (const key0 in data) {
      if (!(key0 === "review" || key0 === "fix" || key0 === "number" || key0 === "at" || key0 === "snapshot" || key0 === "summary" || key0 === "tier" || key0 === "findings")) {
        const err5 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties", schema: false, parentSchema: schema50, data };
        if (vErrors === null) {
          vErrors = [err5];
        } else {
          vErrors.push(err5);
        }
        errors++;
      }
    }
    if (data.review !== void 0) {
      let data0 = data.review;
      if (typeof data0 !== "string") {
        const err6 = { instancePath: instancePath + "/review", schemaPath: "#/properties/review/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema50.properties.review.type, parentSchema: schema50.properties.review, data: data0 };
        if (vErrors === null) {
          vErrors = [err6];
        } else {
          vErrors.push(err6);
        }
        errors++;
      }
    }
    if (data.fix !== void 0) {
      let data1 = data.fix;
      if (typeof data1 !== "string") {
        const err7 = { instancePath: instancePath + "/fix", schemaPath: "#/properties/fix/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema50.properties.fix.type, parentSchema: schema50.properties.fix, data: data1 };
        if (vErrors === null) {
          vErrors = [err7];
        } else {
          vErrors.push(err7);
        }
        errors++;
      }
    }
    if (data.number !== void 0) {
      let data2 = data.number;
      if (!(typeof data2 == "number" && (!(data2 % 1) && !isNaN(data2)) && isFinite(data2))) {
        const err8 = { instancePath: instancePath + "/number", schemaPath: "#/properties/number/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema50.properties.number.type, parentSchema: schema50.properties.number, data: data2 };
        if (vErrors === null) {
          vErrors = [err8];
        } else {
          vErrors.push(err8);
        }
        errors++;
      }
      if (typeof data2 == "number" && isFinite(data2)) {
        if (data2 < 1 || isNaN(data2)) {
          const err9 = { instancePath: instancePath + "/number", schemaPath: "#/properties/number/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1", schema: 1, parentSchema: schema50.properties.number, data: data2 };
          if (vErrors === null) {
            vErrors = [err9];
          } else {
            vErrors.push(err9);
          }
          errors++;
        }
      }
    }
    if (data.at !== void 0) {
      if (!validate191(data.at, { instancePath: instancePath + "/at", parentData: data, parentDataProperty: "at", rootData })) {
        vErrors = vErrors === null ? validate191.errors : vErrors.concat(validate191.errors);
        errors = vErrors.length;
      }
    }
    if (data.snapshot !== void 0) {
      let data4 = data.snapshot;
      if (typeof data4 === "string") {
        if (!pattern40.test(data4)) {
          const err10 = { instancePath: instancePath + "/snapshot", schemaPath: "#/properties/snapshot/pattern", keyword: "pattern", params: { pattern: "^[0-9a-f]{40,64}$" }, message: 'must match pattern "^[0-9a-f]{40,64}$"', schema: "^[0-9a-f]{40,64}$", parentSchema: schema50.properties.snapshot, data: data4 };
          if (vErrors === null) {
            vErrors = [err10];
          } else {
            vErrors.push(err10);
          }
          errors++;
        }
      } else {
        const err11 = { instancePath: instancePath + "/snapshot", schemaPath: "#/properties/snapshot/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema50.properties.snapshot.type, parentSchema: schema50.properties.snapshot, data: data4 };
        if (vErrors === null) {
          vErrors = [err11];
        } else {
          vErrors.push(err11);
        }
        errors++;
      }
    }
    if (data.summary !== void 0) {
      let data5 = data.summary;
      if (typeof data5 === "string") {
        if (func3(data5) > 2e3) {
          const err12 = { instancePath: instancePath + "/summary", schemaPath: "#/properties/summary/maxLength", keyword: "maxLength", params: { limit: 2e3 }, message: "must NOT have more than 2000 characters", schema: 2e3, parentSchema: schema50.properties.summary, data: data5 };
          if (vErrors === null) {
            vErrors = [err12];
          } else {
            vErrors.push(err12);
          }
          errors++;
        }
      } else {
        const err13 = { instancePath: instancePath + "/summary", schemaPath: "#/properties/summary/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema50.properties.summary.type, parentSchema: schema50.properties.summary, data: data5 };
        if (vErrors === null) {
          vErrors = [err13];
        } else {
          vErrors.push(err13);
        }
        errors++;
      }
    }
    if (data.tier !== void 0) {
      if (!validate57(data.tier, { instancePath: instancePath + "/tier", parentData: data, parentDataProperty: "tier", rootData })) {
        vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
        errors = vErrors.length;
      }
    }
    if (data.findings !== void 0) {
      let data7 = data.findings;
      if (Array.isArray(data7)) {
        if (data7.length > 100) {
          const err14 = { instancePath: instancePath + "/findings", schemaPath: "#/properties/findings/maxItems", keyword: "maxItems", params: { limit: 100 }, message: "must NOT have more than 100 items", schema: 100, parentSchema: schema50.properties.findings, data: data7 };
          if (vErrors === null) {
            vErrors = [err14];
          } else {
            vErrors.push(err14);
          }
          errors++;
        }
        const len0 = data7.length;
        for (let i0 = 0; i0 < len0; i0++) {
          if (!validate225(data7[i0], { instancePath: instancePath + "/findings/" + i0, parentData: data7, parentDataProperty: i0, rootData })) {
            vErrors = vErrors === null ? validate225.errors : vErrors.concat(validate225.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err15 = { instancePath: instancePath + "/findings", schemaPath: "#/properties/findings/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema50.properties.findings.type, parentSchema: schema50.properties.findings, data: data7 };
        if (vErrors === null) {
          vErrors = [err15];
        } else {
          vErrors.push(err15);
        }
        errors++;
      }
    }
  } else {
    const err16 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema50.type, parentSchema: schema50, data };
    if (vErrors === null) {
      vErrors = [err16];
    } else {
      vErrors.push(err16);
    }
    errors++;
  }
  validate222.errors = vErrors;
  return errors === 0;
}
const schema52 = { "title": "Step status", "description": "Where one step of a run stands.", "type": "object", "discriminator": { "propertyName": "state" }, "oneOf": [{ "title": "Pending step", "type": "object", "additionalProperties": false, "required": ["state"], "properties": { "state": { "const": "pending" }, "partial": { "title": "Partial work", "description": "The work tree as an agent left it that could not come to its end; the step goes on from there.", "type": "string", "pattern": "^[0-9a-f]{40,64}$" }, "conversation": { "title": "Conversation", "description": "The digest of the transcript, in the run's evidence, of what an agent had said and done when it was interrupted; it goes on from there.", "type": "string", "pattern": "^sha256:[0-9a-f]{64}$" } } }, { "title": "Running step", "type": "object", "additionalProperties": false, "required": ["state", "attempt", "startedAt"], "properties": { "state": { "const": "running" }, "attempt": { "type": "integer", "minimum": 1 }, "startedAt": { "$ref": "#/definitions/instant" }, "partial": { "title": "Partial work", "description": "The work tree as an agent left it that could not come to its end; the step goes on from there.", "type": "string", "pattern": "^[0-9a-f]{40,64}$" }, "conversation": { "title": "Conversation", "description": "The digest of the transcript, in the run's evidence, of what an agent had said and done when it was interrupted; it goes on from there.", "type": "string", "pattern": "^sha256:[0-9a-f]{64}$" } } }, { "title": "Waiting step", "description": "It filed orders, and its run goes on when they have ended.", "type": "object", "additionalProperties": false, "required": ["state", "attempt", "startedAt", "durationMs", "snapshot", "orders"], "properties": { "state": { "const": "waiting" }, "attempt": { "type": "integer", "minimum": 1 }, "startedAt": { "$ref": "#/definitions/instant" }, "durationMs": { "type": "integer", "minimum": 0 }, "snapshot": { "title": "Snapshot commit", "description": "The work tree after the step.", "type": "string", "pattern": "^[0-9a-f]{40,64}$" }, "orders": { "title": "Orders", "description": "The orders that it waits for.", "type": "array", "maxItems": 100, "items": { "$ref": "#/definitions/identifier" } } } }, { "title": "Succeeded step", "type": "object", "additionalProperties": false, "required": ["state", "attempt", "startedAt", "durationMs", "snapshot"], "properties": { "state": { "const": "succeeded" }, "attempt": { "type": "integer", "minimum": 1 }, "startedAt": { "$ref": "#/definitions/instant" }, "durationMs": { "type": "integer", "minimum": 0 }, "usage": { "$ref": "#/definitions/usage" }, "secrets": { "title": "Secrets", "description": "Names of the secrets that it was handed.", "type": "array", "items": { "$ref": "#/definitions/secretName" } }, "snapshot": { "title": "Snapshot commit", "description": "The work tree after the step.", "type": "string", "pattern": "^[0-9a-f]{40,64}$" }, "outputs": { "title": "Outputs", "description": "What the step wrote to `outputs.json`." }, "lessons": { "title": "Lessons", "description": "What the agent would have remembered.", "type": "array", "maxItems": 5, "items": { "$ref": "#/definitions/proposedLesson" } }, "leftIgnored": { "title": "Left ignored files", "description": "The step left files that git ignores, which the snapshot commit does not hold.", "type": "boolean" } } }, { "title": "Failed step", "type": "object", "additionalProperties": false, "required": ["state", "attempt", "startedAt", "durationMs", "failure"], "properties": { "state": { "const": "failed" }, "attempt": { "type": "integer", "minimum": 1 }, "startedAt": { "$ref": "#/definitions/instant" }, "durationMs": { "type": "integer", "minimum": 0 }, "usage": { "$ref": "#/definitions/usage" }, "secrets": { "title": "Secrets", "description": "Names of the secrets that it was handed.", "type": "array", "items": { "$ref": "#/definitions/secretName" } }, "partial": { "title": "Partial work", "description": "The work tree as an agent left it that could not come to its end.", "type": "string", "pattern": "^[0-9a-f]{40,64}$" }, "conversation": { "title": "Conversation", "description": "The digest of the transcript, in the run's evidence, of what an agent had said and done when it was interrupted; it goes on from there.", "type": "string", "pattern": "^sha256:[0-9a-f]{64}$" }, "failure": { "$ref": "#/definitions/failure" }, "outputs": { "title": "Outputs", "description": "What became of the orders that it waited for." } } }, { "title": "Skipped step", "type": "object", "additionalProperties": false, "required": ["state", "because"], "properties": { "state": { "const": "skipped" }, "because": { "type": "string" } } }, { "title": "Cancelled step", "type": "object", "additionalProperties": false, "required": ["state"], "properties": { "state": { "const": "cancelled" } } }] };
const pattern46 = new RegExp("^sha256:[0-9a-f]{64}$", "u");
const schema53 = { "title": "Proposed lesson", "description": "Something that an agent would have remembered by those who come after it.", "type": "object", "additionalProperties": false, "required": ["title", "text"], "properties": { "title": { "title": "Title", "description": "In a sentence.", "type": "string", "minLength": 1, "maxLength": 120 }, "text": { "title": "Text", "description": "As Markdown.", "type": "string", "minLength": 1, "maxLength": 4e3 }, "paths": { "title": "Paths", "description": "Globs of the files that it is about.", "type": "array", "maxItems": 20, "items": { "$ref": "#/definitions/glob" } } } };
function validate235(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.title === void 0) {
      const err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "title" }, message: "must have required property 'title'", schema: schema53.required, parentSchema: schema53, data };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (data.text === void 0) {
      const err1 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "text" }, message: "must have required property 'text'", schema: schema53.required, parentSchema: schema53, data };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    for (const key0 in data) {
      if (!(key0 === "title" || key0 === "text" || key0 === "paths")) {
        const err2 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties", schema: false, parentSchema: schema53, data };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
    }
    if (data.title !== void 0) {
      let data0 = data.title;
      if (typeof data0 === "string") {
        if (func3(data0) > 120) {
          const err3 = { instancePath: instancePath + "/title", schemaPath: "#/properties/title/maxLength", keyword: "maxLength", params: { limit: 120 }, message: "must NOT have more than 120 characters", schema: 120, parentSchema: schema53.properties.title, data: data0 };
          if (vErrors === null) {
            vErrors = [err3];
          } else {
            vErrors.push(err3);
          }
          errors++;
        }
        if (func3(data0) < 1) {
          const err4 = { instancePath: instancePath + "/title", schemaPath: "#/properties/title/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema53.properties.title, data: data0 };
          if (vErrors === null) {
            vErrors = [err4];
          } else {
            vErrors.push(err4);
          }
          errors++;
        }
      } else {
        const err5 = { instancePath: instancePath + "/title", schemaPath: "#/properties/title/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema53.properties.title.type, parentSchema: schema53.properties.title, data: data0 };
        if (vErrors === null) {
          vErrors = [err5];
        } else {
          vErrors.push(err5);
        }
        errors++;
      }
    }
    if (data.text !== void 0) {
      let data1 = data.text;
      if (typeof data1 === "string") {
        if (func3(data1) > 4e3) {
          const err6 = { instancePath: instancePath + "/text", schemaPath: "#/properties/text/maxLength", keyword: "maxLength", params: { limit: 4e3 }, message: "must NOT have more than 4000 characters", schema: 4e3, parentSchema: schema53.properties.text, data: data1 };
          if (vErrors === null) {
            vErrors = [err6];
          } else {
            vErrors.push(err6);
          }
          errors++;
        }
        if (func3(data1) < 1) {
          const err7 = { instancePath: instancePath + "/text", schemaPath: "#/properties/text/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema53.properties.text, data: data1 };
          if (vErrors === null) {
            vErrors = [err7];
          } else {
            vErrors.push(err7);
          }
          errors++;
        }
      } else {
        const err8 = { instancePath: instancePath + "/text", schemaPath: "#/properties/text/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema53.properties.text.type, parentSchema: schema53.properties.text, data: data1 };
        if (vErrors === null) {
          vErrors = [err8];
        } else {
          vErrors.push(err8);
        }
        errors++;
      }
    }
    if (data.paths !== void 0) {
      let data2 = data.paths;
      if (Array.isArray(data2)) {
        if (data2.length > 20) {
          const err9 = { instancePath: instancePath + "/paths", schemaPath: "#/properties/paths/maxItems", keyword: "maxItems", params: { limit: 20 }, message: "must NOT have more than 20 items", schema: 20, parentSchema: schema53.properties.paths, data: data2 };
          if (vErrors === null) {
            vErrors = [err9];
          } else {
            vErrors.push(err9);
          }
          errors++;
        }
        const len0 = data2.length;
        for (let i0 = 0; i0 < len0; i0++) {
          if (!validate70(data2[i0], { instancePath: instancePath + "/paths/" + i0, parentData: data2, parentDataProperty: i0, rootData })) {
            vErrors = vErrors === null ? validate70.errors : vErrors.concat(validate70.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err10 = { instancePath: instancePath + "/paths", schemaPath: "#/properties/paths/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema53.properties.paths.type, parentSchema: schema53.properties.paths, data: data2 };
        if (vErrors === null) {
          vErrors = [err10];
        } else {
          vErrors.push(err10);
        }
        errors++;
      }
    }
  } else {
    const err11 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema53.type, parentSchema: schema53, data };
    if (vErrors === null) {
      vErrors = [err11];
    } else {
      vErrors.push(err11);
    }
    errors++;
  }
  validate235.errors = vErrors;
  return errors === 0;
}
const schema54 = { "title": "Failure", "description": "Why something did not succeed: a class and that class's facts.", "type": "object", "required": ["class"], "properties": { "class": { "title": "Class", "description": "The failure class.", "type": "string" } } };
function validate241(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.class === void 0) {
      const err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "class" }, message: "must have required property 'class'", schema: schema54.required, parentSchema: schema54, data };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (data.class !== void 0) {
      let data0 = data.class;
      if (typeof data0 !== "string") {
        const err1 = { instancePath: instancePath + "/class", schemaPath: "#/properties/class/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema54.properties.class.type, parentSchema: schema54.properties.class, data: data0 };
        if (vErrors === null) {
          vErrors = [err1];
        } else {
          vErrors.push(err1);
        }
        errors++;
      }
    }
  } else {
    const err2 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema54.type, parentSchema: schema54, data };
    if (vErrors === null) {
      vErrors = [err2];
    } else {
      vErrors.push(err2);
    }
    errors++;
  }
  validate241.errors = vErrors;
  return errors === 0;
}
function validate228(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    const tag0 = data.state;
    if (typeof tag0 == "string") {
      if (tag0 === "pending") {
        if (data && typeof data == "object" && !Array.isArray(data)) {
          if (data.state === void 0) {
            const err0 = { instancePath, schemaPath: "#/oneOf/0/required", keyword: "required", params: { missingProperty: "state" }, message: "must have required property 'state'", schema: schema52.oneOf[0].required, parentSchema: schema52.oneOf[0], data };
            if (vErrors === null) {
              vErrors = [err0];
            } else {
              vErrors.push(err0);
            }
            errors++;
          }
          for (const key0 in data) {
            if (!(key0 === "state" || key0 === "partial" || key0 === "conversation")) {
              const err1 = { instancePath, schemaPath: "#/oneOf/0/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties", schema: false, parentSchema: schema52.oneOf[0], data };
              if (vErrors === null) {
                vErrors = [err1];
              } else {
                vErrors.push(err1);
              }
              errors++;
            }
          }
          if (data.state !== void 0) {
            let data0 = data.state;
            if ("pending" !== data0) {
              const err2 = { instancePath: instancePath + "/state", schemaPath: "#/oneOf/0/properties/state/const", keyword: "const", params: { allowedValue: "pending" }, message: "must be equal to constant", schema: "pending", parentSchema: schema52.oneOf[0].properties.state, data: data0 };
              if (vErrors === null) {
                vErrors = [err2];
              } else {
                vErrors.push(err2);
              }
              errors++;
            }
          }
          if (data.partial !== void 0) {
            let data1 = data.partial;
            if (typeof data1 === "string") {
              if (!pattern40.test(data1)) {
                const err3 = { instancePath: instancePath + "/partial", schemaPath: "#/oneOf/0/properties/partial/pattern", keyword: "pattern", params: { pattern: "^[0-9a-f]{40,64}$" }, message: 'must match pattern "^[0-9a-f]{40,64}$"', schema: "^[0-9a-f]{40,64}$", parentSchema: schema52.oneOf[0].properties.partial, data: data1 };
                if (vErrors === null) {
                  vErrors = [err3];
                } else {
                  vErrors.push(err3);
                }
                errors++;
              }
            } else {
              const err4 = { instancePath: instancePath + "/partial", schemaPath: "#/oneOf/0/properties/partial/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema52.oneOf[0].properties.partial.type, parentSchema: schema52.oneOf[0].properties.partial, data: data1 };
              if (vErrors === null) {
                vErrors = [err4];
              } else {
                vErrors.push(err4);
              }
              errors++;
            }
          }
          if (data.conversation !== void 0) {
            let data2 = data.conversation;
            if (typeof data2 === "string") {
              if (!pattern46.test(data2)) {
                const err5 = { instancePath: instancePath + "/conversation", schemaPath: "#/oneOf/0/properties/conversation/pattern", keyword: "pattern", params: { pattern: "^sha256:[0-9a-f]{64}$" }, message: 'must match pattern "^sha256:[0-9a-f]{64}$"', schema: "^sha256:[0-9a-f]{64}$", parentSchema: schema52.oneOf[0].properties.conversation, data: data2 };
                if (vErrors === null) {
                  vErrors = [err5];
                } else {
                  vErrors.push(err5);
                }
                errors++;
              }
            } else {
              const err6 = { instancePath: instancePath + "/conversation", schemaPath: "#/oneOf/0/properties/conversation/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema52.oneOf[0].properties.conversation.type, parentSchema: schema52.oneOf[0].properties.conversation, data: data2 };
              if (vErrors === null) {
                vErrors = [err6];
              } else {
                vErrors.push(err6);
              }
              errors++;
            }
          }
        } else {
          const err7 = { instancePath, schemaPath: "#/oneOf/0/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema52.oneOf[0].type, parentSchema: schema52.oneOf[0], data };
          if (vErrors === null) {
            vErrors = [err7];
          } else {
            vErrors.push(err7);
          }
          errors++;
        }
      } else if (tag0 === "running") {
        if (data && typeof data == "object" && !Array.isArray(data)) {
          if (data.state === void 0) {
            const err8 = { instancePath, schemaPath: "#/oneOf/1/required", keyword: "required", params: { missingProperty: "state" }, message: "must have required property 'state'", schema: schema52.oneOf[1].required, parentSchema: schema52.oneOf[1], data };
            if (vErrors === null) {
              vErrors = [err8];
            } else {
              vErrors.push(err8);
            }
            errors++;
          }
          if (data.attempt === void 0) {
            const err9 = { instancePath, schemaPath: "#/oneOf/1/required", keyword: "required", params: { missingProperty: "attempt" }, message: "must have required property 'attempt'", schema: schema52.oneOf[1].required, parentSchema: schema52.oneOf[1], data };
            if (vErrors === null) {
              vErrors = [err9];
            } else {
              vErrors.push(err9);
            }
            errors++;
          }
          if (data.startedAt === void 0) {
            const err10 = { instancePath, schemaPath: "#/oneOf/1/required", keyword: "required", params: { missingProperty: "startedAt" }, message: "must have required property 'startedAt'", schema: schema52.oneOf[1].required, parentSchema: schema52.oneOf[1], data };
            if (vErrors === null) {
              vErrors = [err10];
            } else {
              vErrors.push(err10);
            }
            errors++;
          }
          for (const key1 in data) {
            if (!(key1 === "state" || key1 === "attempt" || key1 === "startedAt" || key1 === "partial" || key1 === "conversation")) {
              const err11 = { instancePath, schemaPath: "#/oneOf/1/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key1 }, message: "must NOT have additional properties", schema: false, parentSchema: schema52.oneOf[1], data };
              if (vErrors === null) {
                vErrors = [err11];
              } else {
                vErrors.push(err11);
              }
              errors++;
            }
          }
          if (data.state !== void 0) {
            let data3 = data.state;
            if ("running" !== data3) {
              const err12 = { instancePath: instancePath + "/state", schemaPath: "#/oneOf/1/properties/state/const", keyword: "const", params: { allowedValue: "running" }, message: "must be equal to constant", schema: "running", parentSchema: schema52.oneOf[1].properties.state, data: data3 };
              if (vErrors === null) {
                vErrors = [err12];
              } else {
                vErrors.push(err12);
              }
              errors++;
            }
          }
          if (data.attempt !== void 0) {
            let data4 = data.attempt;
            if (!(typeof data4 == "number" && (!(data4 % 1) && !isNaN(data4)) && isFinite(data4))) {
              const err13 = { instancePath: instancePath + "/attempt", schemaPath: "#/oneOf/1/properties/attempt/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema52.oneOf[1].properties.attempt.type, parentSchema: schema52.oneOf[1].properties.attempt, data: data4 };
              if (vErrors === null) {
                vErrors = [err13];
              } else {
                vErrors.push(err13);
              }
              errors++;
            }
            if (typeof data4 == "number" && isFinite(data4)) {
              if (data4 < 1 || isNaN(data4)) {
                const err14 = { instancePath: instancePath + "/attempt", schemaPath: "#/oneOf/1/properties/attempt/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1", schema: 1, parentSchema: schema52.oneOf[1].properties.attempt, data: data4 };
                if (vErrors === null) {
                  vErrors = [err14];
                } else {
                  vErrors.push(err14);
                }
                errors++;
              }
            }
          }
          if (data.startedAt !== void 0) {
            if (!validate191(data.startedAt, { instancePath: instancePath + "/startedAt", parentData: data, parentDataProperty: "startedAt", rootData })) {
              vErrors = vErrors === null ? validate191.errors : vErrors.concat(validate191.errors);
              errors = vErrors.length;
            }
          }
          if (data.partial !== void 0) {
            let data6 = data.partial;
            if (typeof data6 === "string") {
              if (!pattern40.test(data6)) {
                const err15 = { instancePath: instancePath + "/partial", schemaPath: "#/oneOf/1/properties/partial/pattern", keyword: "pattern", params: { pattern: "^[0-9a-f]{40,64}$" }, message: 'must match pattern "^[0-9a-f]{40,64}$"', schema: "^[0-9a-f]{40,64}$", parentSchema: schema52.oneOf[1].properties.partial, data: data6 };
                if (vErrors === null) {
                  vErrors = [err15];
                } else {
                  vErrors.push(err15);
                }
                errors++;
              }
            } else {
              const err16 = { instancePath: instancePath + "/partial", schemaPath: "#/oneOf/1/properties/partial/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema52.oneOf[1].properties.partial.type, parentSchema: schema52.oneOf[1].properties.partial, data: data6 };
              if (vErrors === null) {
                vErrors = [err16];
              } else {
                vErrors.push(err16);
              }
              errors++;
            }
          }
          if (data.conversation !== void 0) {
            let data7 = data.conversation;
            if (typeof data7 === "string") {
              if (!pattern46.test(data7)) {
                const err17 = { instancePath: instancePath + "/conversation", schemaPath: "#/oneOf/1/properties/conversation/pattern", keyword: "pattern", params: { pattern: "^sha256:[0-9a-f]{64}$" }, message: 'must match pattern "^sha256:[0-9a-f]{64}$"', schema: "^sha256:[0-9a-f]{64}$", parentSchema: schema52.oneOf[1].properties.conversation, data: data7 };
                if (vErrors === null) {
                  vErrors = [err17];
                } else {
                  vErrors.push(err17);
                }
                errors++;
              }
            } else {
              const err18 = { instancePath: instancePath + "/conversation", schemaPath: "#/oneOf/1/properties/conversation/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema52.oneOf[1].properties.conversation.type, parentSchema: schema52.oneOf[1].properties.conversation, data: data7 };
              if (vErrors === null) {
                vErrors = [err18];
              } else {
                vErrors.push(err18);
              }
              errors++;
            }
          }
        } else {
          const err19 = { instancePath, schemaPath: "#/oneOf/1/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema52.oneOf[1].type, parentSchema: schema52.oneOf[1], data };
          if (vErrors === null) {
            vErrors = [err19];
          } else {
            vErrors.push(err19);
          }
          errors++;
        }
      } else if (tag0 === "waiting") {
        if (data && typeof data == "object" && !Array.isArray(data)) {
          if (data.state === void 0) {
            const err20 = { instancePath, schemaPath: "#/oneOf/2/required", keyword: "required", params: { missingProperty: "state" }, message: "must have required property 'state'", schema: schema52.oneOf[2].required, parentSchema: schema52.oneOf[2], data };
            if (vErrors === null) {
              vErrors = [err20];
            } else {
              vErrors.push(err20);
            }
            errors++;
          }
          if (data.attempt === void 0) {
            const err21 = { instancePath, schemaPath: "#/oneOf/2/required", keyword: "required", params: { missingProperty: "attempt" }, message: "must have required property 'attempt'", schema: schema52.oneOf[2].required, parentSchema: schema52.oneOf[2], data };
            if (vErrors === null) {
              vErrors = [err21];
            } else {
              vErrors.push(err21);
            }
            errors++;
          }
          if (data.startedAt === void 0) {
            const err22 = { instancePath, schemaPath: "#/oneOf/2/required", keyword: "required", params: { missingProperty: "startedAt" }, message: "must have required property 'startedAt'", schema: schema52.oneOf[2].required, parentSchema: schema52.oneOf[2], data };
            if (vErrors === null) {
              vErrors = [err22];
            } else {
              vErrors.push(err22);
            }
            errors++;
          }
          if (data.durationMs === void 0) {
            const err23 = { instancePath, schemaPath: "#/oneOf/2/required", keyword: "required", params: { missingProperty: "durationMs" }, message: "must have required property 'durationMs'", schema: schema52.oneOf[2].required, parentSchema: schema52.oneOf[2], data };
            if (vErrors === null) {
              vErrors = [err23];
            } else {
              vErrors.push(err23);
            }
            errors++;
          }
          if (data.snapshot === void 0) {
            const err24 = { instancePath, schemaPath: "#/oneOf/2/required", keyword: "required", params: { missingProperty: "snapshot" }, message: "must have required property 'snapshot'", schema: schema52.oneOf[2].required, parentSchema: schema52.oneOf[2], data };
            if (vErrors === null) {
              vErrors = [err24];
            } else {
              vErrors.push(err24);
            }
            errors++;
          }
          if (data.orders === void 0) {
            const err25 = { instancePath, schemaPath: "#/oneOf/2/required", keyword: "required", params: { missingProperty: "orders" }, message: "must have required property 'orders'", schema: schema52.oneOf[2].required, parentSchema: schema52.oneOf[2], data };
            if (vErrors === null) {
              vErrors = [err25];
            } else {
              vErrors.push(err25);
            }
            errors++;
          }
          for (const key2 in data) {
            if (!(key2 === "state" || key2 === "attempt" || key2 === "startedAt" || key2 === "durationMs" || key2 === "snapshot" || key2 === "orders")) {
              const err26 = { instancePath, schemaPath: "#/oneOf/2/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key2 }, message: "must NOT have additional properties", schema: false, parentSchema: schema52.oneOf[2], data };
              if (vErrors === null) {
                vErrors = [err26];
              } else {
                vErrors.push(err26);
              }
              errors++;
            }
          }
          if (data.state !== void 0) {
            let data8 = data.state;
            if ("waiting" !== data8) {
              const err27 = { instancePath: instancePath + "/state", schemaPath: "#/oneOf/2/properties/state/const", keyword: "const", params: { allowedValue: "waiting" }, message: "must be equal to constant", schema: "waiting", parentSchema: schema52.oneOf[2].properties.state, data: data8 };
              if (vErrors === null) {
                vErrors = [err27];
              } else {
                vErrors.push(err27);
              }
              errors++;
            }
          }
          if (data.attempt !== void 0) {
            let data9 = data.attempt;
            if (!(typeof data9 == "number" && (!(data9 % 1) && !isNaN(data9)) && isFinite(data9))) {
              const err28 = { instancePath: instancePath + "/attempt", schemaPath: "#/oneOf/2/properties/attempt/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema52.oneOf[2].properties.attempt.type, parentSchema: schema52.oneOf[2].properties.attempt, data: data9 };
              if (vErrors === null) {
                vErrors = [err28];
              } else {
                vErrors.push(err28);
              }
              errors++;
            }
            if (typeof data9 == "number" && isFinite(data9)) {
              if (data9 < 1 || isNaN(data9)) {
                const err29 = { instancePath: instancePath + "/attempt", schemaPath: "#/oneOf/2/properties/attempt/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1", schema: 1, parentSchema: schema52.oneOf[2].properties.attempt, data: data9 };
                if (vErrors === null) {
                  vErrors = [err29];
                } else {
                  vErrors.push(err29);
                }
                errors++;
              }
            }
          }
          if (data.startedAt !== void 0) {
            if (!validate191(data.startedAt, { instancePath: instancePath + "/startedAt", parentData: data, parentDataProperty: "startedAt", rootData })) {
              vErrors = vErrors === null ? validate191.errors : vErrors.concat(validate191.errors);
              errors = vErrors.length;
            }
          }
          if (data.durationMs !== void 0) {
            let data11 = data.durationMs;
            if (!(typeof data11 == "number" && (!(data11 % 1) && !isNaN(data11)) && isFinite(data11))) {
              const err30 = { instancePath: instancePath + "/durationMs", schemaPath: "#/oneOf/2/properties/durationMs/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema52.oneOf[2].properties.durationMs.type, parentSchema: schema52.oneOf[2].properties.durationMs, data: data11 };
              if (vErrors === null) {
                vErrors = [err30];
              } else {
                vErrors.push(err30);
              }
              errors++;
            }
            if (typeof data11 == "number" && isFinite(data11)) {
              if (data11 < 0 || isNaN(data11)) {
                const err31 = { instancePath: instancePath + "/durationMs", schemaPath: "#/oneOf/2/properties/durationMs/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0", schema: 0, parentSchema: schema52.oneOf[2].properties.durationMs, data: data11 };
                if (vErrors === null) {
                  vErrors = [err31];
                } else {
                  vErrors.push(err31);
                }
                errors++;
              }
            }
          }
          if (data.snapshot !== void 0) {
            let data12 = data.snapshot;
            if (typeof data12 === "string") {
              if (!pattern40.test(data12)) {
                const err32 = { instancePath: instancePath + "/snapshot", schemaPath: "#/oneOf/2/properties/snapshot/pattern", keyword: "pattern", params: { pattern: "^[0-9a-f]{40,64}$" }, message: 'must match pattern "^[0-9a-f]{40,64}$"', schema: "^[0-9a-f]{40,64}$", parentSchema: schema52.oneOf[2].properties.snapshot, data: data12 };
                if (vErrors === null) {
                  vErrors = [err32];
                } else {
                  vErrors.push(err32);
                }
                errors++;
              }
            } else {
              const err33 = { instancePath: instancePath + "/snapshot", schemaPath: "#/oneOf/2/properties/snapshot/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema52.oneOf[2].properties.snapshot.type, parentSchema: schema52.oneOf[2].properties.snapshot, data: data12 };
              if (vErrors === null) {
                vErrors = [err33];
              } else {
                vErrors.push(err33);
              }
              errors++;
            }
          }
          if (data.orders !== void 0) {
            let data13 = data.orders;
            if (Array.isArray(data13)) {
              if (data13.length > 100) {
                const err34 = { instancePath: instancePath + "/orders", schemaPath: "#/oneOf/2/properties/orders/maxItems", keyword: "maxItems", params: { limit: 100 }, message: "must NOT have more than 100 items", schema: 100, parentSchema: schema52.oneOf[2].properties.orders, data: data13 };
                if (vErrors === null) {
                  vErrors = [err34];
                } else {
                  vErrors.push(err34);
                }
                errors++;
              }
              const len0 = data13.length;
              for (let i0 = 0; i0 < len0; i0++) {
                if (!validate48(data13[i0], { instancePath: instancePath + "/orders/" + i0, parentData: data13, parentDataProperty: i0, rootData })) {
                  vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
                  errors = vErrors.length;
                }
              }
            } else {
              const err35 = { instancePath: instancePath + "/orders", schemaPath: "#/oneOf/2/properties/orders/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema52.oneOf[2].properties.orders.type, parentSchema: schema52.oneOf[2].properties.orders, data: data13 };
              if (vErrors === null) {
                vErrors = [err35];
              } else {
                vErrors.push(err35);
              }
              errors++;
            }
          }
        } else {
          const err36 = { instancePath, schemaPath: "#/oneOf/2/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema52.oneOf[2].type, parentSchema: schema52.oneOf[2], data };
          if (vErrors === null) {
            vErrors = [err36];
          } else {
            vErrors.push(err36);
          }
          errors++;
        }
      } else if (tag0 === "succeeded") {
        if (data && typeof data == "object" && !Array.isArray(data)) {
          if (data.state === void 0) {
            const err37 = { instancePath, schemaPath: "#/oneOf/3/required", keyword: "required", params: { missingProperty: "state" }, message: "must have required property 'state'", schema: schema52.oneOf[3].required, parentSchema: schema52.oneOf[3], data };
            if (vErrors === null) {
              vErrors = [err37];
            } else {
              vErrors.push(err37);
            }
            errors++;
          }
          if (data.attempt === void 0) {
            const err38 = { instancePath, schemaPath: "#/oneOf/3/required", keyword: "required", params: { missingProperty: "attempt" }, message: "must have required property 'attempt'", schema: schema52.oneOf[3].required, parentSchema: schema52.oneOf[3], data };
            if (vErrors === null) {
              vErrors = [err38];
            } else {
              vErrors.push(err38);
            }
            errors++;
          }
          if (data.startedAt === void 0) {
            const err39 = { instancePath, schemaPath: "#/oneOf/3/required", keyword: "required", params: { missingProperty: "startedAt" }, message: "must have required property 'startedAt'", schema: schema52.oneOf[3].required, parentSchema: schema52.oneOf[3], data };
            if (vErrors === null) {
              vErrors = [err39];
            } else {
              vErrors.push(err39);
            }
            errors++;
          }
          if (data.durationMs === void 0) {
            const err40 = { instancePath, schemaPath: "#/oneOf/3/required", keyword: "required", params: { missingProperty: "durationMs" }, message: "must have required property 'durationMs'", schema: schema52.oneOf[3].required, parentSchema: schema52.oneOf[3], data };
            if (vErrors === null) {
              vErrors = [err40];
            } else {
              vErrors.push(err40);
            }
            errors++;
          }
          if (data.snapshot === void 0) {
            const err41 = { instancePath, schemaPath: "#/oneOf/3/required", keyword: "required", params: { missingProperty: "snapshot" }, message: "must have required property 'snapshot'", schema: schema52.oneOf[3].required, parentSchema: schema52.oneOf[3], data };
            if (vErrors === null) {
              vErrors = [err41];
            } else {
              vErrors.push(err41);
            }
            errors++;
          }
          for (const key3 in data) {
            if (!func2.call(schema52.oneOf[3].properties, key3)) {
              const err42 = { instancePath, schemaPath: "#/oneOf/3/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key3 }, message: "must NOT have additional properties", schema: false, parentSchema: schema52.oneOf[3], data };
              if (vErrors === null) {
                vErrors = [err42];
              } else {
                vErrors.push(err42);
              }
              errors++;
            }
          }
          if (data.state !== void 0) {
            let data15 = data.state;
            if ("succeeded" !== data15) {
              const err43 = { instancePath: instancePath + "/state", schemaPath: "#/oneOf/3/properties/state/const", keyword: "const", params: { allowedValue: "succeeded" }, message: "must be equal to constant", schema: "succeeded", parentSchema: schema52.oneOf[3].properties.state, data: data15 };
              if (vErrors === null) {
                vErrors = [err43];
              } else {
                vErrors.push(err43);
              }
              errors++;
            }
          }
          if (data.attempt !== void 0) {
            let data16 = data.attempt;
            if (!(typeof data16 == "number" && (!(data16 % 1) && !isNaN(data16)) && isFinite(data16))) {
              const err44 = { instancePath: instancePath + "/attempt", schemaPath: "#/oneOf/3/properties/attempt/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema52.oneOf[3].properties.attempt.type, parentSchema: schema52.oneOf[3].properties.attempt, data: data16 };
              if (vErrors === null) {
                vErrors = [err44];
              } else {
                vErrors.push(err44);
              }
              errors++;
            }
            if (typeof data16 == "number" && isFinite(data16)) {
              if (data16 < 1 || isNaN(data16)) {
                const err45 = { instancePath: instancePath + "/attempt", schemaPath: "#/oneOf/3/properties/attempt/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1", schema: 1, parentSchema: schema52.oneOf[3].properties.attempt, data: data16 };
                if (vErrors === null) {
                  vErrors = [err45];
                } else {
                  vErrors.push(err45);
                }
                errors++;
              }
            }
          }
          if (data.startedAt !== void 0) {
            if (!validate191(data.startedAt, { instancePath: instancePath + "/startedAt", parentData: data, parentDataProperty: "startedAt", rootData })) {
              vErrors = vErrors === null ? validate191.errors : vErrors.concat(validate191.errors);
              errors = vErrors.length;
            }
          }
          if (data.durationMs !== void 0) {
            let data18 = data.durationMs;
            if (!(typeof data18 == "number" && (!(data18 % 1) && !isNaN(data18)) && isFinite(data18))) {
              const err46 = { instancePath: instancePath + "/durationMs", schemaPath: "#/oneOf/3/properties/durationMs/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema52.oneOf[3].properties.durationMs.type, parentSchema: schema52.oneOf[3].properties.durationMs, data: data18 };
              if (vErrors === null) {
                vErrors = [err46];
              } else {
                vErrors.push(err46);
              }
              errors++;
            }
            if (typeof data18 == "number" && isFinite(data18)) {
              if (data18 < 0 || isNaN(data18)) {
                const err47 = { instancePath: instancePath + "/durationMs", schemaPath: "#/oneOf/3/properties/durationMs/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0", schema: 0, parentSchema: schema52.oneOf[3].properties.durationMs, data: data18 };
                if (vErrors === null) {
                  vErrors = [err47];
                } else {
                  vErrors.push(err47);
                }
                errors++;
              }
            }
          }
          if (data.usage !== void 0) {
            if (!validate201(data.usage, { instancePath: instancePath + "/usage", parentData: data, parentDataProperty: "usage", rootData })) {
              vErrors = vErrors === null ? validate201.errors : vErrors.concat(validate201.errors);
              errors = vErrors.length;
            }
          }
          if (data.secrets !== void 0) {
            let data20 = data.secrets;
            if (Array.isArray(data20)) {
              const len1 = data20.length;
              for (let i1 = 0; i1 < len1; i1++) {
                if (!validate84(data20[i1], { instancePath: instancePath + "/secrets/" + i1, parentData: data20, parentDataProperty: i1, rootData })) {
                  vErrors = vErrors === null ? validate84.errors : vErrors.concat(validate84.errors);
                  errors = vErrors.length;
                }
              }
            } else {
              const err48 = { instancePath: instancePath + "/secrets", schemaPath: "#/oneOf/3/properties/secrets/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema52.oneOf[3].properties.secrets.type, parentSchema: schema52.oneOf[3].properties.secrets, data: data20 };
              if (vErrors === null) {
                vErrors = [err48];
              } else {
                vErrors.push(err48);
              }
              errors++;
            }
          }
          if (data.snapshot !== void 0) {
            let data22 = data.snapshot;
            if (typeof data22 === "string") {
              if (!pattern40.test(data22)) {
                const err49 = { instancePath: instancePath + "/snapshot", schemaPath: "#/oneOf/3/properties/snapshot/pattern", keyword: "pattern", params: { pattern: "^[0-9a-f]{40,64}$" }, message: 'must match pattern "^[0-9a-f]{40,64}$"', schema: "^[0-9a-f]{40,64}$", parentSchema: schema52.oneOf[3].properties.snapshot, data: data22 };
                if (vErrors === null) {
                  vErrors = [err49];
                } else {
                  vErrors.push(err49);
                }
                errors++;
              }
            } else {
              const err50 = { instancePath: instancePath + "/snapshot", schemaPath: "#/oneOf/3/properties/snapshot/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema52.oneOf[3].properties.snapshot.type, parentSchema: schema52.oneOf[3].properties.snapshot, data: data22 };
              if (vErrors === null) {
                vErrors = [err50];
              } else {
                vErrors.push(err50);
              }
              errors++;
            }
          }
          if (data.lessons !== void 0) {
            let data23 = data.lessons;
            if (Array.isArray(data23)) {
              if (data23.length > 5) {
                const err51 = { instancePath: instancePath + "/lessons", schemaPath: "#/oneOf/3/properties/lessons/maxItems", keyword: "maxItems", params: { limit: 5 }, message: "must NOT have more than 5 items", schema: 5, parentSchema: schema52.oneOf[3].properties.lessons, data: data23 };
                if (vErrors === null) {
                  vErrors = [err51];
                } else {
                  vErrors.push(err51);
                }
                errors++;
              }
              const len2 = data23.length;
              for (let i2 = 0; i2 < len2; i2++) {
                if (!validate235(data23[i2], { instancePath: instancePath + "/lessons/" + i2, parentData: data23, parentDataProperty: i2, rootData })) {
                  vErrors = vErrors === null ? validate235.errors : vErrors.concat(validate235.errors);
                  errors = vErrors.length;
                }
              }
            } else {
              const err52 = { instancePath: instancePath + "/lessons", schemaPath: "#/oneOf/3/properties/lessons/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema52.oneOf[3].properties.lessons.type, parentSchema: schema52.oneOf[3].properties.lessons, data: data23 };
              if (vErrors === null) {
                vErrors = [err52];
              } else {
                vErrors.push(err52);
              }
              errors++;
            }
          }
          if (data.leftIgnored !== void 0) {
            let data25 = data.leftIgnored;
            if (typeof data25 !== "boolean") {
              const err53 = { instancePath: instancePath + "/leftIgnored", schemaPath: "#/oneOf/3/properties/leftIgnored/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean", schema: schema52.oneOf[3].properties.leftIgnored.type, parentSchema: schema52.oneOf[3].properties.leftIgnored, data: data25 };
              if (vErrors === null) {
                vErrors = [err53];
              } else {
                vErrors.push(err53);
              }
              errors++;
            }
          }
        } else {
          const err54 = { instancePath, schemaPath: "#/oneOf/3/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema52.oneOf[3].type, parentSchema: schema52.oneOf[3], data };
          if (vErrors === null) {
            vErrors = [err54];
          } else {
            vErrors.push(err54);
          }
          errors++;
        }
      } else if (tag0 === "failed") {
        if (data && typeof data == "object" && !Array.isArray(data)) {
          if (data.state === void 0) {
            const err55 = { instancePath, schemaPath: "#/oneOf/4/required", keyword: "required", params: { missingProperty: "state" }, message: "must have required property 'state'", schema: schema52.oneOf[4].required, parentSchema: schema52.oneOf[4], data };
            if (vErrors === null) {
              vErrors = [err55];
            } else {
              vErrors.push(err55);
            }
            errors++;
          }
          if (data.attempt === void 0) {
            const err56 = { instancePath, schemaPath: "#/oneOf/4/required", keyword: "required", params: { missingProperty: "attempt" }, message: "must have required property 'attempt'", schema: schema52.oneOf[4].required, parentSchema: schema52.oneOf[4], data };
            if (vErrors === null) {
              vErrors = [err56];
            } else {
              vErrors.push(err56);
            }
            errors++;
          }
          if (data.startedAt === void 0) {
            const err57 = { instancePath, schemaPath: "#/oneOf/4/required", keyword: "required", params: { missingProperty: "startedAt" }, message: "must have required property 'startedAt'", schema: schema52.oneOf[4].required, parentSchema: schema52.oneOf[4], data };
            if (vErrors === null) {
              vErrors = [err57];
            } else {
              vErrors.push(err57);
            }
            errors++;
          }
          if (data.durationMs === void 0) {
            const err58 = { instancePath, schemaPath: "#/oneOf/4/required", keyword: "required", params: { missingProperty: "durationMs" }, message: "must have required property 'durationMs'", schema: schema52.oneOf[4].required, parentSchema: schema52.oneOf[4], data };
            if (vErrors === null) {
              vErrors = [err58];
            } else {
              vErrors.push(err58);
            }
            errors++;
          }
          if (data.failure === void 0) {
            const err59 = { instancePath, schemaPath: "#/oneOf/4/required", keyword: "required", params: { missingProperty: "failure" }, message: "must have required property 'failure'", schema: schema52.oneOf[4].required, parentSchema: schema52.oneOf[4], data };
            if (vErrors === null) {
              vErrors = [err59];
            } else {
              vErrors.push(err59);
            }
            errors++;
          }
          for (const key4 in data) {
            if (!func2.call(schema52.oneOf[4].properties, key4)) {
              const err60 = { instancePath, schemaPath: "#/oneOf/4/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key4 }, message: "must NOT have additional properties", schema: false, parentSchema: schema52.oneOf[4], data };
              if (vErrors === null) {
                vErrors = [err60];
              } else {
                vErrors.push(err60);
              }
              errors++;
            }
          }
          if (data.state !== void 0) {
            let data26 = data.state;
            if ("failed" !== data26) {
              const err61 = { instancePath: instancePath + "/state", schemaPath: "#/oneOf/4/properties/state/const", keyword: "const", params: { allowedValue: "failed" }, message: "must be equal to constant", schema: "failed", parentSchema: schema52.oneOf[4].properties.state, data: data26 };
              if (vErrors === null) {
                vErrors = [err61];
              } else {
                vErrors.push(err61);
              }
              errors++;
            }
          }
          if (data.attempt !== void 0) {
            let data27 = data.attempt;
            if (!(typeof data27 == "number" && (!(data27 % 1) && !isNaN(data27)) && isFinite(data27))) {
              const err62 = { instancePath: instancePath + "/attempt", schemaPath: "#/oneOf/4/properties/attempt/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema52.oneOf[4].properties.attempt.type, parentSchema: schema52.oneOf[4].properties.attempt, data: data27 };
              if (vErrors === null) {
                vErrors = [err62];
              } else {
                vErrors.push(err62);
              }
              errors++;
            }
            if (typeof data27 == "number" && isFinite(data27)) {
              if (data27 < 1 || isNaN(data27)) {
                const err63 = { instancePath: instancePath + "/attempt", schemaPath: "#/oneOf/4/properties/attempt/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1", schema: 1, parentSchema: schema52.oneOf[4].properties.attempt, data: data27 };
                if (vErrors === null) {
                  vErrors = [err63];
                } else {
                  vErrors.push(err63);
                }
                errors++;
              }
            }
          }
          if (data.startedAt !== void 0) {
            if (!validate191(data.startedAt, { instancePath: instancePath + "/startedAt", parentData: data, parentDataProperty: "startedAt", rootData })) {
              vErrors = vErrors === null ? validate191.errors : vErrors.concat(validate191.errors);
              errors = vErrors.length;
            }
          }
          if (data.durationMs !== void 0) {
            let data29 = data.durationMs;
            if (!(typeof data29 == "number" && (!(data29 % 1) && !isNaN(data29)) && isFinite(data29))) {
              const err64 = { instancePath: instancePath + "/durationMs", schemaPath: "#/oneOf/4/properties/durationMs/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema52.oneOf[4].properties.durationMs.type, parentSchema: schema52.oneOf[4].properties.durationMs, data: data29 };
              if (vErrors === null) {
                vErrors = [err64];
              } else {
                vErrors.push(err64);
              }
              errors++;
            }
            if (typeof data29 == "number" && isFinite(data29)) {
              if (data29 < 0 || isNaN(data29)) {
                const err65 = { instancePath: instancePath + "/durationMs", schemaPath: "#/oneOf/4/properties/durationMs/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0", schema: 0, parentSchema: schema52.oneOf[4].properties.durationMs, data: data29 };
                if (vErrors === null) {
                  vErrors = [err65];
                } else {
                  vErrors.push(err65);
                }
                errors++;
              }
            }
          }
          if (data.usage !== void 0) {
            if (!validate201(data.usage, { instancePath: instancePath + "/usage", parentData: data, parentDataProperty: "usage", rootData })) {
              vErrors = vErrors === null ? validate201.errors : vErrors.concat(validate201.errors);
              errors = vErrors.length;
            }
          }
          if (data.secrets !== void 0) {
            let data31 = data.secrets;
            if (Array.isArray(data31)) {
              const len3 = data31.length;
              for (let i3 = 0; i3 < len3; i3++) {
                if (!validate84(data31[i3], { instancePath: instancePath + "/secrets/" + i3, parentData: data31, parentDataProperty: i3, rootData })) {
                  vErrors = vErrors === null ? validate84.errors : vErrors.concat(validate84.errors);
                  errors = vErrors.length;
                }
              }
            } else {
              const err66 = { instancePath: instancePath + "/secrets", schemaPath: "#/oneOf/4/properties/secrets/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema52.oneOf[4].properties.secrets.type, parentSchema: schema52.oneOf[4].properties.secrets, data: data31 };
              if (vErrors === null) {
                vErrors = [err66];
              } else {
                vErrors.push(err66);
              }
              errors++;
            }
          }
          if (data.partial !== void 0) {
            let data33 = data.partial;
            if (typeof data33 === "string") {
              if (!pattern40.test(data33)) {
                const err67 = { instancePath: instancePath + "/partial", schemaPath: "#/oneOf/4/properties/partial/pattern", keyword: "pattern", params: { pattern: "^[0-9a-f]{40,64}$" }, message: 'must match pattern "^[0-9a-f]{40,64}$"', schema: "^[0-9a-f]{40,64}$", parentSchema: schema52.oneOf[4].properties.partial, data: data33 };
                if (vErrors === null) {
                  vErrors = [err67];
                } else {
                  vErrors.push(err67);
                }
                errors++;
              }
            } else {
              const err68 = { instancePath: instancePath + "/partial", schemaPath: "#/oneOf/4/properties/partial/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema52.oneOf[4].properties.partial.type, parentSchema: schema52.oneOf[4].properties.partial, data: data33 };
              if (vErrors === null) {
                vErrors = [err68];
              } else {
                vErrors.push(err68);
              }
              errors++;
            }
          }
          if (data.conversation !== void 0) {
            let data34 = data.conversation;
            if (typeof data34 === "string") {
              if (!pattern46.test(data34)) {
                const err69 = { instancePath: instancePath + "/conversation", schemaPath: "#/oneOf/4/properties/conversation/pattern", keyword: "pattern", params: { pattern: "^sha256:[0-9a-f]{64}$" }, message: 'must match pattern "^sha256:[0-9a-f]{64}$"', schema: "^sha256:[0-9a-f]{64}$", parentSchema: schema52.oneOf[4].properties.conversation, data: data34 };
                if (vErrors === null) {
                  vErrors = [err69];
                } else {
                  vErrors.push(err69);
                }
                errors++;
              }
            } else {
              const err70 = { instancePath: instancePath + "/conversation", schemaPath: "#/oneOf/4/properties/conversation/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema52.oneOf[4].properties.conversation.type, parentSchema: schema52.oneOf[4].properties.conversation, data: data34 };
              if (vErrors === null) {
                vErrors = [err70];
              } else {
                vErrors.push(err70);
              }
              errors++;
            }
          }
          if (data.failure !== void 0) {
            if (!validate241(data.failure, { instancePath: instancePath + "/failure", parentData: data, parentDataProperty: "failure", rootData })) {
              vErrors = vErrors === null ? validate241.errors : vErrors.concat(validate241.errors);
              errors = vErrors.length;
            }
          }
        } else {
          const err71 = { instancePath, schemaPath: "#/oneOf/4/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema52.oneOf[4].type, parentSchema: schema52.oneOf[4], data };
          if (vErrors === null) {
            vErrors = [err71];
          } else {
            vErrors.push(err71);
          }
          errors++;
        }
      } else if (tag0 === "skipped") {
        if (data && typeof data == "object" && !Array.isArray(data)) {
          if (data.state === void 0) {
            const err72 = { instancePath, schemaPath: "#/oneOf/5/required", keyword: "required", params: { missingProperty: "state" }, message: "must have required property 'state'", schema: schema52.oneOf[5].required, parentSchema: schema52.oneOf[5], data };
            if (vErrors === null) {
              vErrors = [err72];
            } else {
              vErrors.push(err72);
            }
            errors++;
          }
          if (data.because === void 0) {
            const err73 = { instancePath, schemaPath: "#/oneOf/5/required", keyword: "required", params: { missingProperty: "because" }, message: "must have required property 'because'", schema: schema52.oneOf[5].required, parentSchema: schema52.oneOf[5], data };
            if (vErrors === null) {
              vErrors = [err73];
            } else {
              vErrors.push(err73);
            }
            errors++;
          }
          for (const key5 in data) {
            if (!(key5 === "state" || key5 === "because")) {
              const err74 = { instancePath, schemaPath: "#/oneOf/5/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key5 }, message: "must NOT have additional properties", schema: false, parentSchema: schema52.oneOf[5], data };
              if (vErrors === null) {
                vErrors = [err74];
              } else {
                vErrors.push(err74);
              }
              errors++;
            }
          }
          if (data.state !== void 0) {
            let data36 = data.state;
            if ("skipped" !== data36) {
              const err75 = { instancePath: instancePath + "/state", schemaPath: "#/oneOf/5/properties/state/const", keyword: "const", params: { allowedValue: "skipped" }, message: "must be equal to constant", schema: "skipped", parentSchema: schema52.oneOf[5].properties.state, data: data36 };
              if (vErrors === null) {
                vErrors = [err75];
              } else {
                vErrors.push(err75);
              }
              errors++;
            }
          }
          if (data.because !== void 0) {
            let data37 = data.because;
            if (typeof data37 !== "string") {
              const err76 = { instancePath: instancePath + "/because", schemaPath: "#/oneOf/5/properties/because/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema52.oneOf[5].properties.because.type, parentSchema: schema52.oneOf[5].properties.because, data: data37 };
              if (vErrors === null) {
                vErrors = [err76];
              } else {
                vErrors.push(err76);
              }
              errors++;
            }
          }
        } else {
          const err77 = { instancePath, schemaPath: "#/oneOf/5/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema52.oneOf[5].type, parentSchema: schema52.oneOf[5], data };
          if (vErrors === null) {
            vErrors = [err77];
          } else {
            vErrors.push(err77);
          }
          errors++;
        }
      } else if (tag0 === "cancelled") {
        if (data && typeof data == "object" && !Array.isArray(data)) {
          if (data.state === void 0) {
            const err78 = { instancePath, schemaPath: "#/oneOf/6/required", keyword: "required", params: { missingProperty: "state" }, message: "must have required property 'state'", schema: schema52.oneOf[6].required, parentSchema: schema52.oneOf[6], data };
            if (vErrors === null) {
              vErrors = [err78];
            } else {
              vErrors.push(err78);
            }
            errors++;
          }
          for (const key6 in data) {
            if (!(key6 === "state")) {
              const err79 = { instancePath, schemaPath: "#/oneOf/6/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key6 }, message: "must NOT have additional properties", schema: false, parentSchema: schema52.oneOf[6], data };
              if (vErrors === null) {
                vErrors = [err79];
              } else {
                vErrors.push(err79);
              }
              errors++;
            }
          }
          if (data.state !== void 0) {
            let data38 = data.state;
            if ("cancelled" !== data38) {
              const err80 = { instancePath: instancePath + "/state", schemaPath: "#/oneOf/6/properties/state/const", keyword: "const", params: { allowedValue: "cancelled" }, message: "must be equal to constant", schema: "cancelled", parentSchema: schema52.oneOf[6].properties.state, data: data38 };
              if (vErrors === null) {
                vErrors = [err80];
              } else {
                vErrors.push(err80);
              }
              errors++;
            }
          }
        } else {
          const err81 = { instancePath, schemaPath: "#/oneOf/6/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema52.oneOf[6].type, parentSchema: schema52.oneOf[6], data };
          if (vErrors === null) {
            vErrors = [err81];
          } else {
            vErrors.push(err81);
          }
          errors++;
        }
      } else {
        const err82 = { instancePath, schemaPath: "#/discriminator", keyword: "discriminator", params: { error: "mapping", tag: "state", tagValue: tag0 }, message: 'value of tag "state" must be in oneOf', schema: schema52.discriminator, parentSchema: schema52, data };
        if (vErrors === null) {
          vErrors = [err82];
        } else {
          vErrors.push(err82);
        }
        errors++;
      }
    } else {
      const err83 = { instancePath, schemaPath: "#/discriminator", keyword: "discriminator", params: { error: "tag", tag: "state", tagValue: tag0 }, message: 'tag "state" must be string', schema: schema52.discriminator, parentSchema: schema52, data };
      if (vErrors === null) {
        vErrors = [err83];
      } else {
        vErrors.push(err83);
      }
      errors++;
    }
  } else {
    const err84 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema52.type, parentSchema: schema52, data };
    if (vErrors === null) {
      vErrors = [err84];
    } else {
      vErrors.push(err84);
    }
    errors++;
  }
  validate228.errors = vErrors;
  return errors === 0;
}
function validate207(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.id === void 0) {
      const err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "id" }, message: "must have required property 'id'", schema: schema47.required, parentSchema: schema47, data };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (data.attempt === void 0) {
      const err1 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "attempt" }, message: "must have required property 'attempt'", schema: schema47.required, parentSchema: schema47, data };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    if (data.claimedAt === void 0) {
      const err2 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "claimedAt" }, message: "must have required property 'claimedAt'", schema: schema47.required, parentSchema: schema47, data };
      if (vErrors === null) {
        vErrors = [err2];
      } else {
        vErrors.push(err2);
      }
      errors++;
    }
    if (data.claimant === void 0) {
      const err3 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "claimant" }, message: "must have required property 'claimant'", schema: schema47.required, parentSchema: schema47, data };
      if (vErrors === null) {
        vErrors = [err3];
      } else {
        vErrors.push(err3);
      }
      errors++;
    }
    if (data.leaseUntil === void 0) {
      const err4 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "leaseUntil" }, message: "must have required property 'leaseUntil'", schema: schema47.required, parentSchema: schema47, data };
      if (vErrors === null) {
        vErrors = [err4];
      } else {
        vErrors.push(err4);
      }
      errors++;
    }
    if (data.formula === void 0) {
      const err5 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "formula" }, message: "must have required property 'formula'", schema: schema47.required, parentSchema: schema47, data };
      if (vErrors === null) {
        vErrors = [err5];
      } else {
        vErrors.push(err5);
      }
      errors++;
    }
    if (data.formulaDigest === void 0) {
      const err6 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "formulaDigest" }, message: "must have required property 'formulaDigest'", schema: schema47.required, parentSchema: schema47, data };
      if (vErrors === null) {
        vErrors = [err6];
      } else {
        vErrors.push(err6);
      }
      errors++;
    }
    if (data.base === void 0) {
      const err7 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "base" }, message: "must have required property 'base'", schema: schema47.required, parentSchema: schema47, data };
      if (vErrors === null) {
        vErrors = [err7];
      } else {
        vErrors.push(err7);
      }
      errors++;
    }
    if (data.driver === void 0) {
      const err8 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "driver" }, message: "must have required property 'driver'", schema: schema47.required, parentSchema: schema47, data };
      if (vErrors === null) {
        vErrors = [err8];
      } else {
        vErrors.push(err8);
      }
      errors++;
    }
    if (data.steps === void 0) {
      const err9 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "steps" }, message: "must have required property 'steps'", schema: schema47.required, parentSchema: schema47, data };
      if (vErrors === null) {
        vErrors = [err9];
      } else {
        vErrors.push(err9);
      }
      errors++;
    }
    for (const key0 in data) {
      if (!func2.call(schema47.properties, key0)) {
        const err10 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties", schema: false, parentSchema: schema47, data };
        if (vErrors === null) {
          vErrors = [err10];
        } else {
          vErrors.push(err10);
        }
        errors++;
      }
    }
    if (data.id !== void 0) {
      let data0 = data.id;
      if (typeof data0 === "string") {
        if (!pattern39.test(data0)) {
          const err11 = { instancePath: instancePath + "/id", schemaPath: "#/properties/id/pattern", keyword: "pattern", params: { pattern: "^[a-z0-9][a-z0-9-]{0,79}$" }, message: 'must match pattern "^[a-z0-9][a-z0-9-]{0,79}$"', schema: "^[a-z0-9][a-z0-9-]{0,79}$", parentSchema: schema47.properties.id, data: data0 };
          if (vErrors === null) {
            vErrors = [err11];
          } else {
            vErrors.push(err11);
          }
          errors++;
        }
      } else {
        const err12 = { instancePath: instancePath + "/id", schemaPath: "#/properties/id/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema47.properties.id.type, parentSchema: schema47.properties.id, data: data0 };
        if (vErrors === null) {
          vErrors = [err12];
        } else {
          vErrors.push(err12);
        }
        errors++;
      }
    }
    if (data.attempt !== void 0) {
      let data1 = data.attempt;
      if (!(typeof data1 == "number" && (!(data1 % 1) && !isNaN(data1)) && isFinite(data1))) {
        const err13 = { instancePath: instancePath + "/attempt", schemaPath: "#/properties/attempt/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema47.properties.attempt.type, parentSchema: schema47.properties.attempt, data: data1 };
        if (vErrors === null) {
          vErrors = [err13];
        } else {
          vErrors.push(err13);
        }
        errors++;
      }
      if (typeof data1 == "number" && isFinite(data1)) {
        if (data1 < 1 || isNaN(data1)) {
          const err14 = { instancePath: instancePath + "/attempt", schemaPath: "#/properties/attempt/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1", schema: 1, parentSchema: schema47.properties.attempt, data: data1 };
          if (vErrors === null) {
            vErrors = [err14];
          } else {
            vErrors.push(err14);
          }
          errors++;
        }
      }
    }
    if (data.claimedAt !== void 0) {
      if (!validate191(data.claimedAt, { instancePath: instancePath + "/claimedAt", parentData: data, parentDataProperty: "claimedAt", rootData })) {
        vErrors = vErrors === null ? validate191.errors : vErrors.concat(validate191.errors);
        errors = vErrors.length;
      }
    }
    if (data.claimant !== void 0) {
      if (!validate209(data.claimant, { instancePath: instancePath + "/claimant", parentData: data, parentDataProperty: "claimant", rootData })) {
        vErrors = vErrors === null ? validate209.errors : vErrors.concat(validate209.errors);
        errors = vErrors.length;
      }
    }
    if (data.leaseUntil !== void 0) {
      if (!validate191(data.leaseUntil, { instancePath: instancePath + "/leaseUntil", parentData: data, parentDataProperty: "leaseUntil", rootData })) {
        vErrors = vErrors === null ? validate191.errors : vErrors.concat(validate191.errors);
        errors = vErrors.length;
      }
    }
    if (data.formula !== void 0) {
      if (!validate48(data.formula, { instancePath: instancePath + "/formula", parentData: data, parentDataProperty: "formula", rootData })) {
        vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
        errors = vErrors.length;
      }
    }
    if (data.formulaDigest !== void 0) {
      let data6 = data.formulaDigest;
      if (typeof data6 !== "string") {
        const err15 = { instancePath: instancePath + "/formulaDigest", schemaPath: "#/properties/formulaDigest/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema47.properties.formulaDigest.type, parentSchema: schema47.properties.formulaDigest, data: data6 };
        if (vErrors === null) {
          vErrors = [err15];
        } else {
          vErrors.push(err15);
        }
        errors++;
      }
    }
    if (data.agent !== void 0) {
      let data7 = data.agent;
      if (typeof data7 !== "string") {
        const err16 = { instancePath: instancePath + "/agent", schemaPath: "#/properties/agent/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema47.properties.agent.type, parentSchema: schema47.properties.agent, data: data7 };
        if (vErrors === null) {
          vErrors = [err16];
        } else {
          vErrors.push(err16);
        }
        errors++;
      }
    }
    if (data.lost !== void 0) {
      let data8 = data.lost;
      if (data8 && typeof data8 == "object" && !Array.isArray(data8)) {
        if (data8.times === void 0) {
          const err17 = { instancePath: instancePath + "/lost", schemaPath: "#/properties/lost/required", keyword: "required", params: { missingProperty: "times" }, message: "must have required property 'times'", schema: schema47.properties.lost.required, parentSchema: schema47.properties.lost, data: data8 };
          if (vErrors === null) {
            vErrors = [err17];
          } else {
            vErrors.push(err17);
          }
          errors++;
        }
        if (data8.settled === void 0) {
          const err18 = { instancePath: instancePath + "/lost", schemaPath: "#/properties/lost/required", keyword: "required", params: { missingProperty: "settled" }, message: "must have required property 'settled'", schema: schema47.properties.lost.required, parentSchema: schema47.properties.lost, data: data8 };
          if (vErrors === null) {
            vErrors = [err18];
          } else {
            vErrors.push(err18);
          }
          errors++;
        }
        for (const key1 in data8) {
          if (!(key1 === "times" || key1 === "settled")) {
            const err19 = { instancePath: instancePath + "/lost", schemaPath: "#/properties/lost/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key1 }, message: "must NOT have additional properties", schema: false, parentSchema: schema47.properties.lost, data: data8 };
            if (vErrors === null) {
              vErrors = [err19];
            } else {
              vErrors.push(err19);
            }
            errors++;
          }
        }
        if (data8.times !== void 0) {
          let data9 = data8.times;
          if (!(typeof data9 == "number" && (!(data9 % 1) && !isNaN(data9)) && isFinite(data9))) {
            const err20 = { instancePath: instancePath + "/lost/times", schemaPath: "#/properties/lost/properties/times/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema47.properties.lost.properties.times.type, parentSchema: schema47.properties.lost.properties.times, data: data9 };
            if (vErrors === null) {
              vErrors = [err20];
            } else {
              vErrors.push(err20);
            }
            errors++;
          }
          if (typeof data9 == "number" && isFinite(data9)) {
            if (data9 < 1 || isNaN(data9)) {
              const err21 = { instancePath: instancePath + "/lost/times", schemaPath: "#/properties/lost/properties/times/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1", schema: 1, parentSchema: schema47.properties.lost.properties.times, data: data9 };
              if (vErrors === null) {
                vErrors = [err21];
              } else {
                vErrors.push(err21);
              }
              errors++;
            }
          }
        }
        if (data8.settled !== void 0) {
          let data10 = data8.settled;
          if (!(typeof data10 == "number" && (!(data10 % 1) && !isNaN(data10)) && isFinite(data10))) {
            const err22 = { instancePath: instancePath + "/lost/settled", schemaPath: "#/properties/lost/properties/settled/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema47.properties.lost.properties.settled.type, parentSchema: schema47.properties.lost.properties.settled, data: data10 };
            if (vErrors === null) {
              vErrors = [err22];
            } else {
              vErrors.push(err22);
            }
            errors++;
          }
          if (typeof data10 == "number" && isFinite(data10)) {
            if (data10 < 0 || isNaN(data10)) {
              const err23 = { instancePath: instancePath + "/lost/settled", schemaPath: "#/properties/lost/properties/settled/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0", schema: 0, parentSchema: schema47.properties.lost.properties.settled, data: data10 };
              if (vErrors === null) {
                vErrors = [err23];
              } else {
                vErrors.push(err23);
              }
              errors++;
            }
          }
        }
      } else {
        const err24 = { instancePath: instancePath + "/lost", schemaPath: "#/properties/lost/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema47.properties.lost.type, parentSchema: schema47.properties.lost, data: data8 };
        if (vErrors === null) {
          vErrors = [err24];
        } else {
          vErrors.push(err24);
        }
        errors++;
      }
    }
    if (data.grantedMs !== void 0) {
      let data11 = data.grantedMs;
      if (!(typeof data11 == "number" && (!(data11 % 1) && !isNaN(data11)) && isFinite(data11))) {
        const err25 = { instancePath: instancePath + "/grantedMs", schemaPath: "#/properties/grantedMs/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema47.properties.grantedMs.type, parentSchema: schema47.properties.grantedMs, data: data11 };
        if (vErrors === null) {
          vErrors = [err25];
        } else {
          vErrors.push(err25);
        }
        errors++;
      }
      if (typeof data11 == "number" && isFinite(data11)) {
        if (data11 < 0 || isNaN(data11)) {
          const err26 = { instancePath: instancePath + "/grantedMs", schemaPath: "#/properties/grantedMs/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0", schema: 0, parentSchema: schema47.properties.grantedMs, data: data11 };
          if (vErrors === null) {
            vErrors = [err26];
          } else {
            vErrors.push(err26);
          }
          errors++;
        }
      }
    }
    if (data.pausedAt !== void 0) {
      if (!validate191(data.pausedAt, { instancePath: instancePath + "/pausedAt", parentData: data, parentDataProperty: "pausedAt", rootData })) {
        vErrors = vErrors === null ? validate191.errors : vErrors.concat(validate191.errors);
        errors = vErrors.length;
      }
    }
    if (data.usedBefore !== void 0) {
      if (!validate201(data.usedBefore, { instancePath: instancePath + "/usedBefore", parentData: data, parentDataProperty: "usedBefore", rootData })) {
        vErrors = vErrors === null ? validate201.errors : vErrors.concat(validate201.errors);
        errors = vErrors.length;
      }
    }
    if (data.waitedMs !== void 0) {
      let data14 = data.waitedMs;
      if (!(typeof data14 == "number" && (!(data14 % 1) && !isNaN(data14)) && isFinite(data14))) {
        const err27 = { instancePath: instancePath + "/waitedMs", schemaPath: "#/properties/waitedMs/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema47.properties.waitedMs.type, parentSchema: schema47.properties.waitedMs, data: data14 };
        if (vErrors === null) {
          vErrors = [err27];
        } else {
          vErrors.push(err27);
        }
        errors++;
      }
      if (typeof data14 == "number" && isFinite(data14)) {
        if (data14 < 0 || isNaN(data14)) {
          const err28 = { instancePath: instancePath + "/waitedMs", schemaPath: "#/properties/waitedMs/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0", schema: 0, parentSchema: schema47.properties.waitedMs, data: data14 };
          if (vErrors === null) {
            vErrors = [err28];
          } else {
            vErrors.push(err28);
          }
          errors++;
        }
      }
    }
    if (data.start !== void 0) {
      if (!validate48(data.start, { instancePath: instancePath + "/start", parentData: data, parentDataProperty: "start", rootData })) {
        vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
        errors = vErrors.length;
      }
    }
    if (data.request !== void 0) {
      if (!validate48(data.request, { instancePath: instancePath + "/request", parentData: data, parentDataProperty: "request", rootData })) {
        vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
        errors = vErrors.length;
      }
    }
    if (data.base !== void 0) {
      let data17 = data.base;
      if (typeof data17 === "string") {
        if (!pattern40.test(data17)) {
          const err29 = { instancePath: instancePath + "/base", schemaPath: "#/properties/base/pattern", keyword: "pattern", params: { pattern: "^[0-9a-f]{40,64}$" }, message: 'must match pattern "^[0-9a-f]{40,64}$"', schema: "^[0-9a-f]{40,64}$", parentSchema: schema47.properties.base, data: data17 };
          if (vErrors === null) {
            vErrors = [err29];
          } else {
            vErrors.push(err29);
          }
          errors++;
        }
      } else {
        const err30 = { instancePath: instancePath + "/base", schemaPath: "#/properties/base/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema47.properties.base.type, parentSchema: schema47.properties.base, data: data17 };
        if (vErrors === null) {
          vErrors = [err30];
        } else {
          vErrors.push(err30);
        }
        errors++;
      }
    }
    if (data.merge !== void 0) {
      let data18 = data.merge;
      if (data18 && typeof data18 == "object" && !Array.isArray(data18)) {
        if (data18.branch === void 0) {
          const err31 = { instancePath: instancePath + "/merge", schemaPath: "#/properties/merge/required", keyword: "required", params: { missingProperty: "branch" }, message: "must have required property 'branch'", schema: schema47.properties.merge.required, parentSchema: schema47.properties.merge, data: data18 };
          if (vErrors === null) {
            vErrors = [err31];
          } else {
            vErrors.push(err31);
          }
          errors++;
        }
        if (data18.head === void 0) {
          const err32 = { instancePath: instancePath + "/merge", schemaPath: "#/properties/merge/required", keyword: "required", params: { missingProperty: "head" }, message: "must have required property 'head'", schema: schema47.properties.merge.required, parentSchema: schema47.properties.merge, data: data18 };
          if (vErrors === null) {
            vErrors = [err32];
          } else {
            vErrors.push(err32);
          }
          errors++;
        }
        if (data18.incoming === void 0) {
          const err33 = { instancePath: instancePath + "/merge", schemaPath: "#/properties/merge/required", keyword: "required", params: { missingProperty: "incoming" }, message: "must have required property 'incoming'", schema: schema47.properties.merge.required, parentSchema: schema47.properties.merge, data: data18 };
          if (vErrors === null) {
            vErrors = [err33];
          } else {
            vErrors.push(err33);
          }
          errors++;
        }
        if (data18.conflicts === void 0) {
          const err34 = { instancePath: instancePath + "/merge", schemaPath: "#/properties/merge/required", keyword: "required", params: { missingProperty: "conflicts" }, message: "must have required property 'conflicts'", schema: schema47.properties.merge.required, parentSchema: schema47.properties.merge, data: data18 };
          if (vErrors === null) {
            vErrors = [err34];
          } else {
            vErrors.push(err34);
          }
          errors++;
        }
        for (const key2 in data18) {
          if (!(key2 === "branch" || key2 === "head" || key2 === "incoming" || key2 === "into" || key2 === "conflicts")) {
            const err35 = { instancePath: instancePath + "/merge", schemaPath: "#/properties/merge/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key2 }, message: "must NOT have additional properties", schema: false, parentSchema: schema47.properties.merge, data: data18 };
            if (vErrors === null) {
              vErrors = [err35];
            } else {
              vErrors.push(err35);
            }
            errors++;
          }
        }
        if (data18.branch !== void 0) {
          let data19 = data18.branch;
          if (typeof data19 !== "string") {
            const err36 = { instancePath: instancePath + "/merge/branch", schemaPath: "#/properties/merge/properties/branch/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema47.properties.merge.properties.branch.type, parentSchema: schema47.properties.merge.properties.branch, data: data19 };
            if (vErrors === null) {
              vErrors = [err36];
            } else {
              vErrors.push(err36);
            }
            errors++;
          }
        }
        if (data18.head !== void 0) {
          let data20 = data18.head;
          if (typeof data20 === "string") {
            if (!pattern40.test(data20)) {
              const err37 = { instancePath: instancePath + "/merge/head", schemaPath: "#/properties/merge/properties/head/pattern", keyword: "pattern", params: { pattern: "^[0-9a-f]{40,64}$" }, message: 'must match pattern "^[0-9a-f]{40,64}$"', schema: "^[0-9a-f]{40,64}$", parentSchema: schema47.properties.merge.properties.head, data: data20 };
              if (vErrors === null) {
                vErrors = [err37];
              } else {
                vErrors.push(err37);
              }
              errors++;
            }
          } else {
            const err38 = { instancePath: instancePath + "/merge/head", schemaPath: "#/properties/merge/properties/head/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema47.properties.merge.properties.head.type, parentSchema: schema47.properties.merge.properties.head, data: data20 };
            if (vErrors === null) {
              vErrors = [err38];
            } else {
              vErrors.push(err38);
            }
            errors++;
          }
        }
        if (data18.incoming !== void 0) {
          let data21 = data18.incoming;
          if (typeof data21 === "string") {
            if (!pattern40.test(data21)) {
              const err39 = { instancePath: instancePath + "/merge/incoming", schemaPath: "#/properties/merge/properties/incoming/pattern", keyword: "pattern", params: { pattern: "^[0-9a-f]{40,64}$" }, message: 'must match pattern "^[0-9a-f]{40,64}$"', schema: "^[0-9a-f]{40,64}$", parentSchema: schema47.properties.merge.properties.incoming, data: data21 };
              if (vErrors === null) {
                vErrors = [err39];
              } else {
                vErrors.push(err39);
              }
              errors++;
            }
          } else {
            const err40 = { instancePath: instancePath + "/merge/incoming", schemaPath: "#/properties/merge/properties/incoming/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema47.properties.merge.properties.incoming.type, parentSchema: schema47.properties.merge.properties.incoming, data: data21 };
            if (vErrors === null) {
              vErrors = [err40];
            } else {
              vErrors.push(err40);
            }
            errors++;
          }
        }
        if (data18.into !== void 0) {
          if (!validate23(data18.into, { instancePath: instancePath + "/merge/into", parentData: data18, parentDataProperty: "into", rootData })) {
            vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
            errors = vErrors.length;
          }
        }
        if (data18.conflicts !== void 0) {
          let data23 = data18.conflicts;
          if (Array.isArray(data23)) {
            const len0 = data23.length;
            for (let i0 = 0; i0 < len0; i0++) {
              let data24 = data23[i0];
              if (data24 && typeof data24 == "object" && !Array.isArray(data24)) {
                if (data24.path === void 0) {
                  const err41 = { instancePath: instancePath + "/merge/conflicts/" + i0, schemaPath: "#/properties/merge/properties/conflicts/items/required", keyword: "required", params: { missingProperty: "path" }, message: "must have required property 'path'", schema: schema47.properties.merge.properties.conflicts.items.required, parentSchema: schema47.properties.merge.properties.conflicts.items, data: data24 };
                  if (vErrors === null) {
                    vErrors = [err41];
                  } else {
                    vErrors.push(err41);
                  }
                  errors++;
                }
                if (data24.kind === void 0) {
                  const err42 = { instancePath: instancePath + "/merge/conflicts/" + i0, schemaPath: "#/properties/merge/properties/conflicts/items/required", keyword: "required", params: { missingProperty: "kind" }, message: "must have required property 'kind'", schema: schema47.properties.merge.properties.conflicts.items.required, parentSchema: schema47.properties.merge.properties.conflicts.items, data: data24 };
                  if (vErrors === null) {
                    vErrors = [err42];
                  } else {
                    vErrors.push(err42);
                  }
                  errors++;
                }
                for (const key3 in data24) {
                  if (!(key3 === "path" || key3 === "kind")) {
                    const err43 = { instancePath: instancePath + "/merge/conflicts/" + i0, schemaPath: "#/properties/merge/properties/conflicts/items/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key3 }, message: "must NOT have additional properties", schema: false, parentSchema: schema47.properties.merge.properties.conflicts.items, data: data24 };
                    if (vErrors === null) {
                      vErrors = [err43];
                    } else {
                      vErrors.push(err43);
                    }
                    errors++;
                  }
                }
                if (data24.path !== void 0) {
                  let data25 = data24.path;
                  if (typeof data25 !== "string") {
                    const err44 = { instancePath: instancePath + "/merge/conflicts/" + i0 + "/path", schemaPath: "#/properties/merge/properties/conflicts/items/properties/path/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema47.properties.merge.properties.conflicts.items.properties.path.type, parentSchema: schema47.properties.merge.properties.conflicts.items.properties.path, data: data25 };
                    if (vErrors === null) {
                      vErrors = [err44];
                    } else {
                      vErrors.push(err44);
                    }
                    errors++;
                  }
                }
                if (data24.kind !== void 0) {
                  let data26 = data24.kind;
                  if (typeof data26 !== "string") {
                    const err45 = { instancePath: instancePath + "/merge/conflicts/" + i0 + "/kind", schemaPath: "#/properties/merge/properties/conflicts/items/properties/kind/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema47.properties.merge.properties.conflicts.items.properties.kind.type, parentSchema: schema47.properties.merge.properties.conflicts.items.properties.kind, data: data26 };
                    if (vErrors === null) {
                      vErrors = [err45];
                    } else {
                      vErrors.push(err45);
                    }
                    errors++;
                  }
                }
              } else {
                const err46 = { instancePath: instancePath + "/merge/conflicts/" + i0, schemaPath: "#/properties/merge/properties/conflicts/items/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema47.properties.merge.properties.conflicts.items.type, parentSchema: schema47.properties.merge.properties.conflicts.items, data: data24 };
                if (vErrors === null) {
                  vErrors = [err46];
                } else {
                  vErrors.push(err46);
                }
                errors++;
              }
            }
          } else {
            const err47 = { instancePath: instancePath + "/merge/conflicts", schemaPath: "#/properties/merge/properties/conflicts/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema47.properties.merge.properties.conflicts.type, parentSchema: schema47.properties.merge.properties.conflicts, data: data23 };
            if (vErrors === null) {
              vErrors = [err47];
            } else {
              vErrors.push(err47);
            }
            errors++;
          }
        }
      } else {
        const err48 = { instancePath: instancePath + "/merge", schemaPath: "#/properties/merge/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema47.properties.merge.type, parentSchema: schema47.properties.merge, data: data18 };
        if (vErrors === null) {
          vErrors = [err48];
        } else {
          vErrors.push(err48);
        }
        errors++;
      }
    }
    if (data.integration !== void 0) {
      let data27 = data.integration;
      if (data27 && typeof data27 == "object" && !Array.isArray(data27)) {
        if (data27.into === void 0) {
          const err49 = { instancePath: instancePath + "/integration", schemaPath: "#/properties/integration/required", keyword: "required", params: { missingProperty: "into" }, message: "must have required property 'into'", schema: schema47.properties.integration.required, parentSchema: schema47.properties.integration, data: data27 };
          if (vErrors === null) {
            vErrors = [err49];
          } else {
            vErrors.push(err49);
          }
          errors++;
        }
        if (data27.target === void 0) {
          const err50 = { instancePath: instancePath + "/integration", schemaPath: "#/properties/integration/required", keyword: "required", params: { missingProperty: "target" }, message: "must have required property 'target'", schema: schema47.properties.integration.required, parentSchema: schema47.properties.integration, data: data27 };
          if (vErrors === null) {
            vErrors = [err50];
          } else {
            vErrors.push(err50);
          }
          errors++;
        }
        if (data27.batch === void 0) {
          const err51 = { instancePath: instancePath + "/integration", schemaPath: "#/properties/integration/required", keyword: "required", params: { missingProperty: "batch" }, message: "must have required property 'batch'", schema: schema47.properties.integration.required, parentSchema: schema47.properties.integration, data: data27 };
          if (vErrors === null) {
            vErrors = [err51];
          } else {
            vErrors.push(err51);
          }
          errors++;
        }
        for (const key4 in data27) {
          if (!(key4 === "into" || key4 === "target" || key4 === "batch")) {
            const err52 = { instancePath: instancePath + "/integration", schemaPath: "#/properties/integration/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key4 }, message: "must NOT have additional properties", schema: false, parentSchema: schema47.properties.integration, data: data27 };
            if (vErrors === null) {
              vErrors = [err52];
            } else {
              vErrors.push(err52);
            }
            errors++;
          }
        }
        if (data27.into !== void 0) {
          if (!validate23(data27.into, { instancePath: instancePath + "/integration/into", parentData: data27, parentDataProperty: "into", rootData })) {
            vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
            errors = vErrors.length;
          }
        }
        if (data27.target !== void 0) {
          if (!validate219(data27.target, { instancePath: instancePath + "/integration/target", parentData: data27, parentDataProperty: "target", rootData })) {
            vErrors = vErrors === null ? validate219.errors : vErrors.concat(validate219.errors);
            errors = vErrors.length;
          }
        }
        if (data27.batch !== void 0) {
          let data30 = data27.batch;
          if (Array.isArray(data30)) {
            if (data30.length > 50) {
              const err53 = { instancePath: instancePath + "/integration/batch", schemaPath: "#/properties/integration/properties/batch/maxItems", keyword: "maxItems", params: { limit: 50 }, message: "must NOT have more than 50 items", schema: 50, parentSchema: schema47.properties.integration.properties.batch, data: data30 };
              if (vErrors === null) {
                vErrors = [err53];
              } else {
                vErrors.push(err53);
              }
              errors++;
            }
            if (data30.length < 1) {
              const err54 = { instancePath: instancePath + "/integration/batch", schemaPath: "#/properties/integration/properties/batch/minItems", keyword: "minItems", params: { limit: 1 }, message: "must NOT have fewer than 1 items", schema: 1, parentSchema: schema47.properties.integration.properties.batch, data: data30 };
              if (vErrors === null) {
                vErrors = [err54];
              } else {
                vErrors.push(err54);
              }
              errors++;
            }
            const len1 = data30.length;
            for (let i1 = 0; i1 < len1; i1++) {
              if (!validate48(data30[i1], { instancePath: instancePath + "/integration/batch/" + i1, parentData: data30, parentDataProperty: i1, rootData })) {
                vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
                errors = vErrors.length;
              }
            }
          } else {
            const err55 = { instancePath: instancePath + "/integration/batch", schemaPath: "#/properties/integration/properties/batch/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema47.properties.integration.properties.batch.type, parentSchema: schema47.properties.integration.properties.batch, data: data30 };
            if (vErrors === null) {
              vErrors = [err55];
            } else {
              vErrors.push(err55);
            }
            errors++;
          }
        }
      } else {
        const err56 = { instancePath: instancePath + "/integration", schemaPath: "#/properties/integration/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema47.properties.integration.type, parentSchema: schema47.properties.integration, data: data27 };
        if (vErrors === null) {
          vErrors = [err56];
        } else {
          vErrors.push(err56);
        }
        errors++;
      }
    }
    if (data.driver !== void 0) {
      let data32 = data.driver;
      if (typeof data32 !== "string") {
        const err57 = { instancePath: instancePath + "/driver", schemaPath: "#/properties/driver/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema47.properties.driver.type, parentSchema: schema47.properties.driver, data: data32 };
        if (vErrors === null) {
          vErrors = [err57];
        } else {
          vErrors.push(err57);
        }
        errors++;
      }
      if (!(data32 === "docker" || data32 === "bubblewrap" || data32 === "host")) {
        const err58 = { instancePath: instancePath + "/driver", schemaPath: "#/properties/driver/enum", keyword: "enum", params: { allowedValues: schema47.properties.driver.enum }, message: "must be equal to one of the allowed values", schema: schema47.properties.driver.enum, parentSchema: schema47.properties.driver, data: data32 };
        if (vErrors === null) {
          vErrors = [err58];
        } else {
          vErrors.push(err58);
        }
        errors++;
      }
    }
    if (data.resolved !== void 0) {
      let data33 = data.resolved;
      if (Array.isArray(data33)) {
        if (data33.length > 200) {
          const err59 = { instancePath: instancePath + "/resolved", schemaPath: "#/properties/resolved/maxItems", keyword: "maxItems", params: { limit: 200 }, message: "must NOT have more than 200 items", schema: 200, parentSchema: schema47.properties.resolved, data: data33 };
          if (vErrors === null) {
            vErrors = [err59];
          } else {
            vErrors.push(err59);
          }
          errors++;
        }
        const len2 = data33.length;
        for (let i2 = 0; i2 < len2; i2++) {
          let data34 = data33[i2];
          if (data34 && typeof data34 == "object" && !Array.isArray(data34)) {
            if (data34.path === void 0) {
              const err60 = { instancePath: instancePath + "/resolved/" + i2, schemaPath: "#/properties/resolved/items/required", keyword: "required", params: { missingProperty: "path" }, message: "must have required property 'path'", schema: schema47.properties.resolved.items.required, parentSchema: schema47.properties.resolved.items, data: data34 };
              if (vErrors === null) {
                vErrors = [err60];
              } else {
                vErrors.push(err60);
              }
              errors++;
            }
            if (data34.by === void 0) {
              const err61 = { instancePath: instancePath + "/resolved/" + i2, schemaPath: "#/properties/resolved/items/required", keyword: "required", params: { missingProperty: "by" }, message: "must have required property 'by'", schema: schema47.properties.resolved.items.required, parentSchema: schema47.properties.resolved.items, data: data34 };
              if (vErrors === null) {
                vErrors = [err61];
              } else {
                vErrors.push(err61);
              }
              errors++;
            }
            if (data34.onto === void 0) {
              const err62 = { instancePath: instancePath + "/resolved/" + i2, schemaPath: "#/properties/resolved/items/required", keyword: "required", params: { missingProperty: "onto" }, message: "must have required property 'onto'", schema: schema47.properties.resolved.items.required, parentSchema: schema47.properties.resolved.items, data: data34 };
              if (vErrors === null) {
                vErrors = [err62];
              } else {
                vErrors.push(err62);
              }
              errors++;
            }
            for (const key5 in data34) {
              if (!(key5 === "path" || key5 === "by" || key5 === "onto")) {
                const err63 = { instancePath: instancePath + "/resolved/" + i2, schemaPath: "#/properties/resolved/items/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key5 }, message: "must NOT have additional properties", schema: false, parentSchema: schema47.properties.resolved.items, data: data34 };
                if (vErrors === null) {
                  vErrors = [err63];
                } else {
                  vErrors.push(err63);
                }
                errors++;
              }
            }
            if (data34.path !== void 0) {
              let data35 = data34.path;
              if (typeof data35 !== "string") {
                const err64 = { instancePath: instancePath + "/resolved/" + i2 + "/path", schemaPath: "#/properties/resolved/items/properties/path/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema47.properties.resolved.items.properties.path.type, parentSchema: schema47.properties.resolved.items.properties.path, data: data35 };
                if (vErrors === null) {
                  vErrors = [err64];
                } else {
                  vErrors.push(err64);
                }
                errors++;
              }
            }
            if (data34.by !== void 0) {
              let data36 = data34.by;
              if (typeof data36 !== "string") {
                const err65 = { instancePath: instancePath + "/resolved/" + i2 + "/by", schemaPath: "#/properties/resolved/items/properties/by/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema47.properties.resolved.items.properties.by.type, parentSchema: schema47.properties.resolved.items.properties.by, data: data36 };
                if (vErrors === null) {
                  vErrors = [err65];
                } else {
                  vErrors.push(err65);
                }
                errors++;
              }
              if (!(data36 === "recorded" || data36 === "union")) {
                const err66 = { instancePath: instancePath + "/resolved/" + i2 + "/by", schemaPath: "#/properties/resolved/items/properties/by/enum", keyword: "enum", params: { allowedValues: schema47.properties.resolved.items.properties.by.enum }, message: "must be equal to one of the allowed values", schema: schema47.properties.resolved.items.properties.by.enum, parentSchema: schema47.properties.resolved.items.properties.by, data: data36 };
                if (vErrors === null) {
                  vErrors = [err66];
                } else {
                  vErrors.push(err66);
                }
                errors++;
              }
            }
            if (data34.onto !== void 0) {
              let data37 = data34.onto;
              if (typeof data37 !== "string") {
                const err67 = { instancePath: instancePath + "/resolved/" + i2 + "/onto", schemaPath: "#/properties/resolved/items/properties/onto/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema47.properties.resolved.items.properties.onto.type, parentSchema: schema47.properties.resolved.items.properties.onto, data: data37 };
                if (vErrors === null) {
                  vErrors = [err67];
                } else {
                  vErrors.push(err67);
                }
                errors++;
              }
            }
          } else {
            const err68 = { instancePath: instancePath + "/resolved/" + i2, schemaPath: "#/properties/resolved/items/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema47.properties.resolved.items.type, parentSchema: schema47.properties.resolved.items, data: data34 };
            if (vErrors === null) {
              vErrors = [err68];
            } else {
              vErrors.push(err68);
            }
            errors++;
          }
        }
      } else {
        const err69 = { instancePath: instancePath + "/resolved", schemaPath: "#/properties/resolved/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema47.properties.resolved.type, parentSchema: schema47.properties.resolved, data: data33 };
        if (vErrors === null) {
          vErrors = [err69];
        } else {
          vErrors.push(err69);
        }
        errors++;
      }
    }
    if (data.rounds !== void 0) {
      let data38 = data.rounds;
      if (Array.isArray(data38)) {
        if (data38.length > 200) {
          const err70 = { instancePath: instancePath + "/rounds", schemaPath: "#/properties/rounds/maxItems", keyword: "maxItems", params: { limit: 200 }, message: "must NOT have more than 200 items", schema: 200, parentSchema: schema47.properties.rounds, data: data38 };
          if (vErrors === null) {
            vErrors = [err70];
          } else {
            vErrors.push(err70);
          }
          errors++;
        }
        const len3 = data38.length;
        for (let i3 = 0; i3 < len3; i3++) {
          if (!validate222(data38[i3], { instancePath: instancePath + "/rounds/" + i3, parentData: data38, parentDataProperty: i3, rootData })) {
            vErrors = vErrors === null ? validate222.errors : vErrors.concat(validate222.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err71 = { instancePath: instancePath + "/rounds", schemaPath: "#/properties/rounds/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema47.properties.rounds.type, parentSchema: schema47.properties.rounds, data: data38 };
        if (vErrors === null) {
          vErrors = [err71];
        } else {
          vErrors.push(err71);
        }
        errors++;
      }
    }
    if (data.steps !== void 0) {
      let data40 = data.steps;
      if (data40 && typeof data40 == "object" && !Array.isArray(data40)) {
        for (const key6 in data40) {
          if (!validate228(data40[key6], { instancePath: instancePath + "/steps/" + key6.replace(/~/g, "~0").replace(/\//g, "~1"), parentData: data40, parentDataProperty: key6, rootData })) {
            vErrors = vErrors === null ? validate228.errors : vErrors.concat(validate228.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err72 = { instancePath: instancePath + "/steps", schemaPath: "#/properties/steps/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema47.properties.steps.type, parentSchema: schema47.properties.steps, data: data40 };
        if (vErrors === null) {
          vErrors = [err72];
        } else {
          vErrors.push(err72);
        }
        errors++;
      }
    }
  } else {
    const err73 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema47.type, parentSchema: schema47, data };
    if (vErrors === null) {
      vErrors = [err73];
    } else {
      vErrors.push(err73);
    }
    errors++;
  }
  validate207.errors = vErrors;
  return errors === 0;
}
function validate193(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.id === void 0) {
      const err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "id" }, message: "must have required property 'id'", schema: schema44.required, parentSchema: schema44, data };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (data.order === void 0) {
      const err1 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "order" }, message: "must have required property 'order'", schema: schema44.required, parentSchema: schema44, data };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    if (data.formula === void 0) {
      const err2 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "formula" }, message: "must have required property 'formula'", schema: schema44.required, parentSchema: schema44, data };
      if (vErrors === null) {
        vErrors = [err2];
      } else {
        vErrors.push(err2);
      }
      errors++;
    }
    if (data.dedupe === void 0) {
      const err3 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "dedupe" }, message: "must have required property 'dedupe'", schema: schema44.required, parentSchema: schema44, data };
      if (vErrors === null) {
        vErrors = [err3];
      } else {
        vErrors.push(err3);
      }
      errors++;
    }
    if (data.accepted === void 0) {
      const err4 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "accepted" }, message: "must have required property 'accepted'", schema: schema44.required, parentSchema: schema44, data };
      if (vErrors === null) {
        vErrors = [err4];
      } else {
        vErrors.push(err4);
      }
      errors++;
    }
    if (data.attempts === void 0) {
      const err5 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "attempts" }, message: "must have required property 'attempts'", schema: schema44.required, parentSchema: schema44, data };
      if (vErrors === null) {
        vErrors = [err5];
      } else {
        vErrors.push(err5);
      }
      errors++;
    }
    for (const key0 in data) {
      if (!func2.call(schema44.properties, key0)) {
        const err6 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties", schema: false, parentSchema: schema44, data };
        if (vErrors === null) {
          vErrors = [err6];
        } else {
          vErrors.push(err6);
        }
        errors++;
      }
    }
    if (data.id !== void 0) {
      if (!validate48(data.id, { instancePath: instancePath + "/id", parentData: data, parentDataProperty: "id", rootData })) {
        vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
        errors = vErrors.length;
      }
    }
    if (data.order !== void 0) {
      if (!validate184(data.order, { instancePath: instancePath + "/order", parentData: data, parentDataProperty: "order", rootData })) {
        vErrors = vErrors === null ? validate184.errors : vErrors.concat(validate184.errors);
        errors = vErrors.length;
      }
    }
    if (data.formula !== void 0) {
      if (!validate48(data.formula, { instancePath: instancePath + "/formula", parentData: data, parentDataProperty: "formula", rootData })) {
        vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
        errors = vErrors.length;
      }
    }
    if (data.routed !== void 0) {
      let data3 = data.routed;
      if (typeof data3 !== "string") {
        const err7 = { instancePath: instancePath + "/routed", schemaPath: "#/properties/routed/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema44.properties.routed.type, parentSchema: schema44.properties.routed, data: data3 };
        if (vErrors === null) {
          vErrors = [err7];
        } else {
          vErrors.push(err7);
        }
        errors++;
      }
    }
    if (data.dedupe !== void 0) {
      let data4 = data.dedupe;
      if (typeof data4 !== "string") {
        const err8 = { instancePath: instancePath + "/dedupe", schemaPath: "#/properties/dedupe/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema44.properties.dedupe.type, parentSchema: schema44.properties.dedupe, data: data4 };
        if (vErrors === null) {
          vErrors = [err8];
        } else {
          vErrors.push(err8);
        }
        errors++;
      }
    }
    if (data.parent !== void 0) {
      if (!validate48(data.parent, { instancePath: instancePath + "/parent", parentData: data, parentDataProperty: "parent", rootData })) {
        vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
        errors = vErrors.length;
      }
    }
    if (data.depth !== void 0) {
      let data6 = data.depth;
      if (!(typeof data6 == "number" && (!(data6 % 1) && !isNaN(data6)) && isFinite(data6))) {
        const err9 = { instancePath: instancePath + "/depth", schemaPath: "#/properties/depth/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema44.properties.depth.type, parentSchema: schema44.properties.depth, data: data6 };
        if (vErrors === null) {
          vErrors = [err9];
        } else {
          vErrors.push(err9);
        }
        errors++;
      }
      if (typeof data6 == "number" && isFinite(data6)) {
        if (data6 < 1 || isNaN(data6)) {
          const err10 = { instancePath: instancePath + "/depth", schemaPath: "#/properties/depth/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1", schema: 1, parentSchema: schema44.properties.depth, data: data6 };
          if (vErrors === null) {
            vErrors = [err10];
          } else {
            vErrors.push(err10);
          }
          errors++;
        }
      }
    }
    if (data.accepted !== void 0) {
      let data7 = data.accepted;
      if (data7 && typeof data7 == "object" && !Array.isArray(data7)) {
        if (data7.at === void 0) {
          const err11 = { instancePath: instancePath + "/accepted", schemaPath: "#/properties/accepted/required", keyword: "required", params: { missingProperty: "at" }, message: "must have required property 'at'", schema: schema44.properties.accepted.required, parentSchema: schema44.properties.accepted, data: data7 };
          if (vErrors === null) {
            vErrors = [err11];
          } else {
            vErrors.push(err11);
          }
          errors++;
        }
        if (data7.from === void 0) {
          const err12 = { instancePath: instancePath + "/accepted", schemaPath: "#/properties/accepted/required", keyword: "required", params: { missingProperty: "from" }, message: "must have required property 'from'", schema: schema44.properties.accepted.required, parentSchema: schema44.properties.accepted, data: data7 };
          if (vErrors === null) {
            vErrors = [err12];
          } else {
            vErrors.push(err12);
          }
          errors++;
        }
        if (data7.digest === void 0) {
          const err13 = { instancePath: instancePath + "/accepted", schemaPath: "#/properties/accepted/required", keyword: "required", params: { missingProperty: "digest" }, message: "must have required property 'digest'", schema: schema44.properties.accepted.required, parentSchema: schema44.properties.accepted, data: data7 };
          if (vErrors === null) {
            vErrors = [err13];
          } else {
            vErrors.push(err13);
          }
          errors++;
        }
        if (data7.actor === void 0) {
          const err14 = { instancePath: instancePath + "/accepted", schemaPath: "#/properties/accepted/required", keyword: "required", params: { missingProperty: "actor" }, message: "must have required property 'actor'", schema: schema44.properties.accepted.required, parentSchema: schema44.properties.accepted, data: data7 };
          if (vErrors === null) {
            vErrors = [err14];
          } else {
            vErrors.push(err14);
          }
          errors++;
        }
        for (const key1 in data7) {
          if (!(key1 === "at" || key1 === "from" || key1 === "digest" || key1 === "actor" || key1 === "onBehalfOf" || key1 === "chain" || key1 === "work")) {
            const err15 = { instancePath: instancePath + "/accepted", schemaPath: "#/properties/accepted/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key1 }, message: "must NOT have additional properties", schema: false, parentSchema: schema44.properties.accepted, data: data7 };
            if (vErrors === null) {
              vErrors = [err15];
            } else {
              vErrors.push(err15);
            }
            errors++;
          }
        }
        if (data7.at !== void 0) {
          if (!validate191(data7.at, { instancePath: instancePath + "/accepted/at", parentData: data7, parentDataProperty: "at", rootData })) {
            vErrors = vErrors === null ? validate191.errors : vErrors.concat(validate191.errors);
            errors = vErrors.length;
          }
        }
        if (data7.from !== void 0) {
          let data9 = data7.from;
          if (typeof data9 !== "string") {
            const err16 = { instancePath: instancePath + "/accepted/from", schemaPath: "#/properties/accepted/properties/from/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema44.properties.accepted.properties.from.type, parentSchema: schema44.properties.accepted.properties.from, data: data9 };
            if (vErrors === null) {
              vErrors = [err16];
            } else {
              vErrors.push(err16);
            }
            errors++;
          }
        }
        if (data7.digest !== void 0) {
          let data10 = data7.digest;
          if (typeof data10 !== "string") {
            const err17 = { instancePath: instancePath + "/accepted/digest", schemaPath: "#/properties/accepted/properties/digest/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema44.properties.accepted.properties.digest.type, parentSchema: schema44.properties.accepted.properties.digest, data: data10 };
            if (vErrors === null) {
              vErrors = [err17];
            } else {
              vErrors.push(err17);
            }
            errors++;
          }
        }
        if (data7.actor !== void 0) {
          let data11 = data7.actor;
          if (typeof data11 !== "string") {
            const err18 = { instancePath: instancePath + "/accepted/actor", schemaPath: "#/properties/accepted/properties/actor/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema44.properties.accepted.properties.actor.type, parentSchema: schema44.properties.accepted.properties.actor, data: data11 };
            if (vErrors === null) {
              vErrors = [err18];
            } else {
              vErrors.push(err18);
            }
            errors++;
          }
        }
        if (data7.onBehalfOf !== void 0) {
          let data12 = data7.onBehalfOf;
          if (typeof data12 !== "string") {
            const err19 = { instancePath: instancePath + "/accepted/onBehalfOf", schemaPath: "#/properties/accepted/properties/onBehalfOf/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema44.properties.accepted.properties.onBehalfOf.type, parentSchema: schema44.properties.accepted.properties.onBehalfOf, data: data12 };
            if (vErrors === null) {
              vErrors = [err19];
            } else {
              vErrors.push(err19);
            }
            errors++;
          }
        }
        if (data7.chain !== void 0) {
          let data13 = data7.chain;
          if (!(typeof data13 == "number" && (!(data13 % 1) && !isNaN(data13)) && isFinite(data13))) {
            const err20 = { instancePath: instancePath + "/accepted/chain", schemaPath: "#/properties/accepted/properties/chain/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema44.properties.accepted.properties.chain.type, parentSchema: schema44.properties.accepted.properties.chain, data: data13 };
            if (vErrors === null) {
              vErrors = [err20];
            } else {
              vErrors.push(err20);
            }
            errors++;
          }
          if (typeof data13 == "number" && isFinite(data13)) {
            if (data13 < 1 || isNaN(data13)) {
              const err21 = { instancePath: instancePath + "/accepted/chain", schemaPath: "#/properties/accepted/properties/chain/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1", schema: 1, parentSchema: schema44.properties.accepted.properties.chain, data: data13 };
              if (vErrors === null) {
                vErrors = [err21];
              } else {
                vErrors.push(err21);
              }
              errors++;
            }
          }
        }
        if (data7.work !== void 0) {
          let data14 = data7.work;
          if (typeof data14 !== "string") {
            const err22 = { instancePath: instancePath + "/accepted/work", schemaPath: "#/properties/accepted/properties/work/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema44.properties.accepted.properties.work.type, parentSchema: schema44.properties.accepted.properties.work, data: data14 };
            if (vErrors === null) {
              vErrors = [err22];
            } else {
              vErrors.push(err22);
            }
            errors++;
          }
          if (!(data14 === "request" || data14 === "build" || data14 === "backlog" || data14 === "follow-up" || data14 === "friction")) {
            const err23 = { instancePath: instancePath + "/accepted/work", schemaPath: "#/properties/accepted/properties/work/enum", keyword: "enum", params: { allowedValues: schema44.properties.accepted.properties.work.enum }, message: "must be equal to one of the allowed values", schema: schema44.properties.accepted.properties.work.enum, parentSchema: schema44.properties.accepted.properties.work, data: data14 };
            if (vErrors === null) {
              vErrors = [err23];
            } else {
              vErrors.push(err23);
            }
            errors++;
          }
        }
      } else {
        const err24 = { instancePath: instancePath + "/accepted", schemaPath: "#/properties/accepted/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema44.properties.accepted.type, parentSchema: schema44.properties.accepted, data: data7 };
        if (vErrors === null) {
          vErrors = [err24];
        } else {
          vErrors.push(err24);
        }
        errors++;
      }
    }
    if (data.attempts !== void 0) {
      let data15 = data.attempts;
      if (!(typeof data15 == "number" && (!(data15 % 1) && !isNaN(data15)) && isFinite(data15))) {
        const err25 = { instancePath: instancePath + "/attempts", schemaPath: "#/properties/attempts/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema44.properties.attempts.type, parentSchema: schema44.properties.attempts, data: data15 };
        if (vErrors === null) {
          vErrors = [err25];
        } else {
          vErrors.push(err25);
        }
        errors++;
      }
      if (typeof data15 == "number" && isFinite(data15)) {
        if (data15 < 0 || isNaN(data15)) {
          const err26 = { instancePath: instancePath + "/attempts", schemaPath: "#/properties/attempts/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0", schema: 0, parentSchema: schema44.properties.attempts, data: data15 };
          if (vErrors === null) {
            vErrors = [err26];
          } else {
            vErrors.push(err26);
          }
          errors++;
        }
      }
    }
    if (data.outage !== void 0) {
      let data16 = data.outage;
      if (data16 && typeof data16 == "object" && !Array.isArray(data16)) {
        if (data16.times === void 0) {
          const err27 = { instancePath: instancePath + "/outage", schemaPath: "#/properties/outage/required", keyword: "required", params: { missingProperty: "times" }, message: "must have required property 'times'", schema: schema44.properties.outage.required, parentSchema: schema44.properties.outage, data: data16 };
          if (vErrors === null) {
            vErrors = [err27];
          } else {
            vErrors.push(err27);
          }
          errors++;
        }
        if (data16.class === void 0) {
          const err28 = { instancePath: instancePath + "/outage", schemaPath: "#/properties/outage/required", keyword: "required", params: { missingProperty: "class" }, message: "must have required property 'class'", schema: schema44.properties.outage.required, parentSchema: schema44.properties.outage, data: data16 };
          if (vErrors === null) {
            vErrors = [err28];
          } else {
            vErrors.push(err28);
          }
          errors++;
        }
        if (data16.at === void 0) {
          const err29 = { instancePath: instancePath + "/outage", schemaPath: "#/properties/outage/required", keyword: "required", params: { missingProperty: "at" }, message: "must have required property 'at'", schema: schema44.properties.outage.required, parentSchema: schema44.properties.outage, data: data16 };
          if (vErrors === null) {
            vErrors = [err29];
          } else {
            vErrors.push(err29);
          }
          errors++;
        }
        for (const key2 in data16) {
          if (!(key2 === "times" || key2 === "class" || key2 === "at")) {
            const err30 = { instancePath: instancePath + "/outage", schemaPath: "#/properties/outage/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key2 }, message: "must NOT have additional properties", schema: false, parentSchema: schema44.properties.outage, data: data16 };
            if (vErrors === null) {
              vErrors = [err30];
            } else {
              vErrors.push(err30);
            }
            errors++;
          }
        }
        if (data16.times !== void 0) {
          let data17 = data16.times;
          if (!(typeof data17 == "number" && (!(data17 % 1) && !isNaN(data17)) && isFinite(data17))) {
            const err31 = { instancePath: instancePath + "/outage/times", schemaPath: "#/properties/outage/properties/times/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema44.properties.outage.properties.times.type, parentSchema: schema44.properties.outage.properties.times, data: data17 };
            if (vErrors === null) {
              vErrors = [err31];
            } else {
              vErrors.push(err31);
            }
            errors++;
          }
          if (typeof data17 == "number" && isFinite(data17)) {
            if (data17 < 1 || isNaN(data17)) {
              const err32 = { instancePath: instancePath + "/outage/times", schemaPath: "#/properties/outage/properties/times/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1", schema: 1, parentSchema: schema44.properties.outage.properties.times, data: data17 };
              if (vErrors === null) {
                vErrors = [err32];
              } else {
                vErrors.push(err32);
              }
              errors++;
            }
          }
        }
        if (data16.class !== void 0) {
          let data18 = data16.class;
          if (typeof data18 !== "string") {
            const err33 = { instancePath: instancePath + "/outage/class", schemaPath: "#/properties/outage/properties/class/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema44.properties.outage.properties.class.type, parentSchema: schema44.properties.outage.properties.class, data: data18 };
            if (vErrors === null) {
              vErrors = [err33];
            } else {
              vErrors.push(err33);
            }
            errors++;
          }
        }
        if (data16.at !== void 0) {
          if (!validate191(data16.at, { instancePath: instancePath + "/outage/at", parentData: data16, parentDataProperty: "at", rootData })) {
            vErrors = vErrors === null ? validate191.errors : vErrors.concat(validate191.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err34 = { instancePath: instancePath + "/outage", schemaPath: "#/properties/outage/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema44.properties.outage.type, parentSchema: schema44.properties.outage, data: data16 };
        if (vErrors === null) {
          vErrors = [err34];
        } else {
          vErrors.push(err34);
        }
        errors++;
      }
    }
    if (data.past !== void 0) {
      let data20 = data.past;
      if (Array.isArray(data20)) {
        if (data20.length > 50) {
          const err35 = { instancePath: instancePath + "/past", schemaPath: "#/properties/past/maxItems", keyword: "maxItems", params: { limit: 50 }, message: "must NOT have more than 50 items", schema: 50, parentSchema: schema44.properties.past, data: data20 };
          if (vErrors === null) {
            vErrors = [err35];
          } else {
            vErrors.push(err35);
          }
          errors++;
        }
        const len0 = data20.length;
        for (let i0 = 0; i0 < len0; i0++) {
          let data21 = data20[i0];
          if (data21 && typeof data21 == "object" && !Array.isArray(data21)) {
            if (data21.run === void 0) {
              const err36 = { instancePath: instancePath + "/past/" + i0, schemaPath: "#/properties/past/items/required", keyword: "required", params: { missingProperty: "run" }, message: "must have required property 'run'", schema: schema44.properties.past.items.required, parentSchema: schema44.properties.past.items, data: data21 };
              if (vErrors === null) {
                vErrors = [err36];
              } else {
                vErrors.push(err36);
              }
              errors++;
            }
            if (data21.at === void 0) {
              const err37 = { instancePath: instancePath + "/past/" + i0, schemaPath: "#/properties/past/items/required", keyword: "required", params: { missingProperty: "at" }, message: "must have required property 'at'", schema: schema44.properties.past.items.required, parentSchema: schema44.properties.past.items, data: data21 };
              if (vErrors === null) {
                vErrors = [err37];
              } else {
                vErrors.push(err37);
              }
              errors++;
            }
            if (data21.class === void 0) {
              const err38 = { instancePath: instancePath + "/past/" + i0, schemaPath: "#/properties/past/items/required", keyword: "required", params: { missingProperty: "class" }, message: "must have required property 'class'", schema: schema44.properties.past.items.required, parentSchema: schema44.properties.past.items, data: data21 };
              if (vErrors === null) {
                vErrors = [err38];
              } else {
                vErrors.push(err38);
              }
              errors++;
            }
            if (data21.evidence === void 0) {
              const err39 = { instancePath: instancePath + "/past/" + i0, schemaPath: "#/properties/past/items/required", keyword: "required", params: { missingProperty: "evidence" }, message: "must have required property 'evidence'", schema: schema44.properties.past.items.required, parentSchema: schema44.properties.past.items, data: data21 };
              if (vErrors === null) {
                vErrors = [err39];
              } else {
                vErrors.push(err39);
              }
              errors++;
            }
            for (const key3 in data21) {
              if (!(key3 === "run" || key3 === "at" || key3 === "class" || key3 === "evidence")) {
                const err40 = { instancePath: instancePath + "/past/" + i0, schemaPath: "#/properties/past/items/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key3 }, message: "must NOT have additional properties", schema: false, parentSchema: schema44.properties.past.items, data: data21 };
                if (vErrors === null) {
                  vErrors = [err40];
                } else {
                  vErrors.push(err40);
                }
                errors++;
              }
            }
            if (data21.run !== void 0) {
              let data22 = data21.run;
              if (typeof data22 !== "string") {
                const err41 = { instancePath: instancePath + "/past/" + i0 + "/run", schemaPath: "#/properties/past/items/properties/run/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema44.properties.past.items.properties.run.type, parentSchema: schema44.properties.past.items.properties.run, data: data22 };
                if (vErrors === null) {
                  vErrors = [err41];
                } else {
                  vErrors.push(err41);
                }
                errors++;
              }
            }
            if (data21.at !== void 0) {
              if (!validate191(data21.at, { instancePath: instancePath + "/past/" + i0 + "/at", parentData: data21, parentDataProperty: "at", rootData })) {
                vErrors = vErrors === null ? validate191.errors : vErrors.concat(validate191.errors);
                errors = vErrors.length;
              }
            }
            if (data21.class !== void 0) {
              let data24 = data21.class;
              if (typeof data24 !== "string") {
                const err42 = { instancePath: instancePath + "/past/" + i0 + "/class", schemaPath: "#/properties/past/items/properties/class/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema44.properties.past.items.properties.class.type, parentSchema: schema44.properties.past.items.properties.class, data: data24 };
                if (vErrors === null) {
                  vErrors = [err42];
                } else {
                  vErrors.push(err42);
                }
                errors++;
              }
            }
            if (data21.evidence !== void 0) {
              let data25 = data21.evidence;
              if (typeof data25 !== "string") {
                const err43 = { instancePath: instancePath + "/past/" + i0 + "/evidence", schemaPath: "#/properties/past/items/properties/evidence/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema44.properties.past.items.properties.evidence.type, parentSchema: schema44.properties.past.items.properties.evidence, data: data25 };
                if (vErrors === null) {
                  vErrors = [err43];
                } else {
                  vErrors.push(err43);
                }
                errors++;
              }
            }
          } else {
            const err44 = { instancePath: instancePath + "/past/" + i0, schemaPath: "#/properties/past/items/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema44.properties.past.items.type, parentSchema: schema44.properties.past.items, data: data21 };
            if (vErrors === null) {
              vErrors = [err44];
            } else {
              vErrors.push(err44);
            }
            errors++;
          }
        }
      } else {
        const err45 = { instancePath: instancePath + "/past", schemaPath: "#/properties/past/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema44.properties.past.type, parentSchema: schema44.properties.past, data: data20 };
        if (vErrors === null) {
          vErrors = [err45];
        } else {
          vErrors.push(err45);
        }
        errors++;
      }
    }
    if (data.spent !== void 0) {
      if (!validate201(data.spent, { instancePath: instancePath + "/spent", parentData: data, parentDataProperty: "spent", rootData })) {
        vErrors = vErrors === null ? validate201.errors : vErrors.concat(validate201.errors);
        errors = vErrors.length;
      }
    }
    if (data.allowance !== void 0) {
      if (!validate203(data.allowance, { instancePath: instancePath + "/allowance", parentData: data, parentDataProperty: "allowance", rootData })) {
        vErrors = vErrors === null ? validate203.errors : vErrors.concat(validate203.errors);
        errors = vErrors.length;
      }
    }
    if (data.given !== void 0) {
      if (!validate203(data.given, { instancePath: instancePath + "/given", parentData: data, parentDataProperty: "given", rootData })) {
        vErrors = vErrors === null ? validate203.errors : vErrors.concat(validate203.errors);
        errors = vErrors.length;
      }
    }
    if (data.granted !== void 0) {
      if (!validate203(data.granted, { instancePath: instancePath + "/granted", parentData: data, parentDataProperty: "granted", rootData })) {
        vErrors = vErrors === null ? validate203.errors : vErrors.concat(validate203.errors);
        errors = vErrors.length;
      }
    }
    if (data.failures !== void 0) {
      let data30 = data.failures;
      if (!(typeof data30 == "number" && (!(data30 % 1) && !isNaN(data30)) && isFinite(data30))) {
        const err46 = { instancePath: instancePath + "/failures", schemaPath: "#/properties/failures/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema44.properties.failures.type, parentSchema: schema44.properties.failures, data: data30 };
        if (vErrors === null) {
          vErrors = [err46];
        } else {
          vErrors.push(err46);
        }
        errors++;
      }
      if (typeof data30 == "number" && isFinite(data30)) {
        if (data30 < 0 || isNaN(data30)) {
          const err47 = { instancePath: instancePath + "/failures", schemaPath: "#/properties/failures/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0", schema: 0, parentSchema: schema44.properties.failures, data: data30 };
          if (vErrors === null) {
            vErrors = [err47];
          } else {
            vErrors.push(err47);
          }
          errors++;
        }
      }
    }
    if (data.run !== void 0) {
      if (!validate207(data.run, { instancePath: instancePath + "/run", parentData: data, parentDataProperty: "run", rootData })) {
        vErrors = vErrors === null ? validate207.errors : vErrors.concat(validate207.errors);
        errors = vErrors.length;
      }
    }
    if (data.shipped !== void 0) {
      let data32 = data.shipped;
      if (data32 && typeof data32 == "object" && !Array.isArray(data32)) {
        if (data32.branch === void 0) {
          const err48 = { instancePath: instancePath + "/shipped", schemaPath: "#/properties/shipped/required", keyword: "required", params: { missingProperty: "branch" }, message: "must have required property 'branch'", schema: schema44.properties.shipped.required, parentSchema: schema44.properties.shipped, data: data32 };
          if (vErrors === null) {
            vErrors = [err48];
          } else {
            vErrors.push(err48);
          }
          errors++;
        }
        if (data32.commit === void 0) {
          const err49 = { instancePath: instancePath + "/shipped", schemaPath: "#/properties/shipped/required", keyword: "required", params: { missingProperty: "commit" }, message: "must have required property 'commit'", schema: schema44.properties.shipped.required, parentSchema: schema44.properties.shipped, data: data32 };
          if (vErrors === null) {
            vErrors = [err49];
          } else {
            vErrors.push(err49);
          }
          errors++;
        }
        if (data32.base === void 0) {
          const err50 = { instancePath: instancePath + "/shipped", schemaPath: "#/properties/shipped/required", keyword: "required", params: { missingProperty: "base" }, message: "must have required property 'base'", schema: schema44.properties.shipped.required, parentSchema: schema44.properties.shipped, data: data32 };
          if (vErrors === null) {
            vErrors = [err50];
          } else {
            vErrors.push(err50);
          }
          errors++;
        }
        if (data32.into === void 0) {
          const err51 = { instancePath: instancePath + "/shipped", schemaPath: "#/properties/shipped/required", keyword: "required", params: { missingProperty: "into" }, message: "must have required property 'into'", schema: schema44.properties.shipped.required, parentSchema: schema44.properties.shipped, data: data32 };
          if (vErrors === null) {
            vErrors = [err51];
          } else {
            vErrors.push(err51);
          }
          errors++;
        }
        if (data32.via === void 0) {
          const err52 = { instancePath: instancePath + "/shipped", schemaPath: "#/properties/shipped/required", keyword: "required", params: { missingProperty: "via" }, message: "must have required property 'via'", schema: schema44.properties.shipped.required, parentSchema: schema44.properties.shipped, data: data32 };
          if (vErrors === null) {
            vErrors = [err52];
          } else {
            vErrors.push(err52);
          }
          errors++;
        }
        if (data32.at === void 0) {
          const err53 = { instancePath: instancePath + "/shipped", schemaPath: "#/properties/shipped/required", keyword: "required", params: { missingProperty: "at" }, message: "must have required property 'at'", schema: schema44.properties.shipped.required, parentSchema: schema44.properties.shipped, data: data32 };
          if (vErrors === null) {
            vErrors = [err53];
          } else {
            vErrors.push(err53);
          }
          errors++;
        }
        for (const key4 in data32) {
          if (!func2.call(schema44.properties.shipped.properties, key4)) {
            const err54 = { instancePath: instancePath + "/shipped", schemaPath: "#/properties/shipped/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key4 }, message: "must NOT have additional properties", schema: false, parentSchema: schema44.properties.shipped, data: data32 };
            if (vErrors === null) {
              vErrors = [err54];
            } else {
              vErrors.push(err54);
            }
            errors++;
          }
        }
        if (data32.branch !== void 0) {
          let data33 = data32.branch;
          if (typeof data33 !== "string") {
            const err55 = { instancePath: instancePath + "/shipped/branch", schemaPath: "#/properties/shipped/properties/branch/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema44.properties.shipped.properties.branch.type, parentSchema: schema44.properties.shipped.properties.branch, data: data33 };
            if (vErrors === null) {
              vErrors = [err55];
            } else {
              vErrors.push(err55);
            }
            errors++;
          }
        }
        if (data32.commit !== void 0) {
          if (!validate219(data32.commit, { instancePath: instancePath + "/shipped/commit", parentData: data32, parentDataProperty: "commit", rootData })) {
            vErrors = vErrors === null ? validate219.errors : vErrors.concat(validate219.errors);
            errors = vErrors.length;
          }
        }
        if (data32.base !== void 0) {
          if (!validate219(data32.base, { instancePath: instancePath + "/shipped/base", parentData: data32, parentDataProperty: "base", rootData })) {
            vErrors = vErrors === null ? validate219.errors : vErrors.concat(validate219.errors);
            errors = vErrors.length;
          }
        }
        if (data32.into !== void 0) {
          if (!validate23(data32.into, { instancePath: instancePath + "/shipped/into", parentData: data32, parentDataProperty: "into", rootData })) {
            vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
            errors = vErrors.length;
          }
        }
        if (data32.via !== void 0) {
          if (!validate52(data32.via, { instancePath: instancePath + "/shipped/via", parentData: data32, parentDataProperty: "via", rootData })) {
            vErrors = vErrors === null ? validate52.errors : vErrors.concat(validate52.errors);
            errors = vErrors.length;
          }
        }
        if (data32.at !== void 0) {
          if (!validate191(data32.at, { instancePath: instancePath + "/shipped/at", parentData: data32, parentDataProperty: "at", rootData })) {
            vErrors = vErrors === null ? validate191.errors : vErrors.concat(validate191.errors);
            errors = vErrors.length;
          }
        }
        if (data32.resolvers !== void 0) {
          let data39 = data32.resolvers;
          if (Array.isArray(data39)) {
            if (data39.length > 10) {
              const err56 = { instancePath: instancePath + "/shipped/resolvers", schemaPath: "#/properties/shipped/properties/resolvers/maxItems", keyword: "maxItems", params: { limit: 10 }, message: "must NOT have more than 10 items", schema: 10, parentSchema: schema44.properties.shipped.properties.resolvers, data: data39 };
              if (vErrors === null) {
                vErrors = [err56];
              } else {
                vErrors.push(err56);
              }
              errors++;
            }
            if (data39.length < 1) {
              const err57 = { instancePath: instancePath + "/shipped/resolvers", schemaPath: "#/properties/shipped/properties/resolvers/minItems", keyword: "minItems", params: { limit: 1 }, message: "must NOT have fewer than 1 items", schema: 1, parentSchema: schema44.properties.shipped.properties.resolvers, data: data39 };
              if (vErrors === null) {
                vErrors = [err57];
              } else {
                vErrors.push(err57);
              }
              errors++;
            }
            const len1 = data39.length;
            for (let i1 = 0; i1 < len1; i1++) {
              if (!validate48(data39[i1], { instancePath: instancePath + "/shipped/resolvers/" + i1, parentData: data39, parentDataProperty: i1, rootData })) {
                vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
                errors = vErrors.length;
              }
            }
          } else {
            const err58 = { instancePath: instancePath + "/shipped/resolvers", schemaPath: "#/properties/shipped/properties/resolvers/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema44.properties.shipped.properties.resolvers.type, parentSchema: schema44.properties.shipped.properties.resolvers, data: data39 };
            if (vErrors === null) {
              vErrors = [err58];
            } else {
              vErrors.push(err58);
            }
            errors++;
          }
        }
        if (data32.tier !== void 0) {
          if (!validate57(data32.tier, { instancePath: instancePath + "/shipped/tier", parentData: data32, parentDataProperty: "tier", rootData })) {
            vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
            errors = vErrors.length;
          }
        }
        if (data32.pull !== void 0) {
          let data42 = data32.pull;
          if (data42 && typeof data42 == "object" && !Array.isArray(data42)) {
            if (data42.number === void 0) {
              const err59 = { instancePath: instancePath + "/shipped/pull", schemaPath: "#/properties/shipped/properties/pull/required", keyword: "required", params: { missingProperty: "number" }, message: "must have required property 'number'", schema: schema44.properties.shipped.properties.pull.required, parentSchema: schema44.properties.shipped.properties.pull, data: data42 };
              if (vErrors === null) {
                vErrors = [err59];
              } else {
                vErrors.push(err59);
              }
              errors++;
            }
            if (data42.url === void 0) {
              const err60 = { instancePath: instancePath + "/shipped/pull", schemaPath: "#/properties/shipped/properties/pull/required", keyword: "required", params: { missingProperty: "url" }, message: "must have required property 'url'", schema: schema44.properties.shipped.properties.pull.required, parentSchema: schema44.properties.shipped.properties.pull, data: data42 };
              if (vErrors === null) {
                vErrors = [err60];
              } else {
                vErrors.push(err60);
              }
              errors++;
            }
            for (const key5 in data42) {
              if (!(key5 === "number" || key5 === "url")) {
                const err61 = { instancePath: instancePath + "/shipped/pull", schemaPath: "#/properties/shipped/properties/pull/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key5 }, message: "must NOT have additional properties", schema: false, parentSchema: schema44.properties.shipped.properties.pull, data: data42 };
                if (vErrors === null) {
                  vErrors = [err61];
                } else {
                  vErrors.push(err61);
                }
                errors++;
              }
            }
            if (data42.number !== void 0) {
              let data43 = data42.number;
              if (!(typeof data43 == "number" && (!(data43 % 1) && !isNaN(data43)) && isFinite(data43))) {
                const err62 = { instancePath: instancePath + "/shipped/pull/number", schemaPath: "#/properties/shipped/properties/pull/properties/number/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema44.properties.shipped.properties.pull.properties.number.type, parentSchema: schema44.properties.shipped.properties.pull.properties.number, data: data43 };
                if (vErrors === null) {
                  vErrors = [err62];
                } else {
                  vErrors.push(err62);
                }
                errors++;
              }
              if (typeof data43 == "number" && isFinite(data43)) {
                if (data43 < 1 || isNaN(data43)) {
                  const err63 = { instancePath: instancePath + "/shipped/pull/number", schemaPath: "#/properties/shipped/properties/pull/properties/number/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1", schema: 1, parentSchema: schema44.properties.shipped.properties.pull.properties.number, data: data43 };
                  if (vErrors === null) {
                    vErrors = [err63];
                  } else {
                    vErrors.push(err63);
                  }
                  errors++;
                }
              }
            }
            if (data42.url !== void 0) {
              let data44 = data42.url;
              if (typeof data44 === "string") {
                if (func3(data44) > 2e3) {
                  const err64 = { instancePath: instancePath + "/shipped/pull/url", schemaPath: "#/properties/shipped/properties/pull/properties/url/maxLength", keyword: "maxLength", params: { limit: 2e3 }, message: "must NOT have more than 2000 characters", schema: 2e3, parentSchema: schema44.properties.shipped.properties.pull.properties.url, data: data44 };
                  if (vErrors === null) {
                    vErrors = [err64];
                  } else {
                    vErrors.push(err64);
                  }
                  errors++;
                }
              } else {
                const err65 = { instancePath: instancePath + "/shipped/pull/url", schemaPath: "#/properties/shipped/properties/pull/properties/url/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema44.properties.shipped.properties.pull.properties.url.type, parentSchema: schema44.properties.shipped.properties.pull.properties.url, data: data44 };
                if (vErrors === null) {
                  vErrors = [err65];
                } else {
                  vErrors.push(err65);
                }
                errors++;
              }
            }
          } else {
            const err66 = { instancePath: instancePath + "/shipped/pull", schemaPath: "#/properties/shipped/properties/pull/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema44.properties.shipped.properties.pull.type, parentSchema: schema44.properties.shipped.properties.pull, data: data42 };
            if (vErrors === null) {
              vErrors = [err66];
            } else {
              vErrors.push(err66);
            }
            errors++;
          }
        }
      } else {
        const err67 = { instancePath: instancePath + "/shipped", schemaPath: "#/properties/shipped/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema44.properties.shipped.type, parentSchema: schema44.properties.shipped, data: data32 };
        if (vErrors === null) {
          vErrors = [err67];
        } else {
          vErrors.push(err67);
        }
        errors++;
      }
    }
    if (data.waiting !== void 0) {
      let data45 = data.waiting;
      if (data45 && typeof data45 == "object" && !Array.isArray(data45)) {
        if (data45.since === void 0) {
          const err68 = { instancePath: instancePath + "/waiting", schemaPath: "#/properties/waiting/required", keyword: "required", params: { missingProperty: "since" }, message: "must have required property 'since'", schema: schema44.properties.waiting.required, parentSchema: schema44.properties.waiting, data: data45 };
          if (vErrors === null) {
            vErrors = [err68];
          } else {
            vErrors.push(err68);
          }
          errors++;
        }
        if (data45.reason === void 0) {
          const err69 = { instancePath: instancePath + "/waiting", schemaPath: "#/properties/waiting/required", keyword: "required", params: { missingProperty: "reason" }, message: "must have required property 'reason'", schema: schema44.properties.waiting.required, parentSchema: schema44.properties.waiting, data: data45 };
          if (vErrors === null) {
            vErrors = [err69];
          } else {
            vErrors.push(err69);
          }
          errors++;
        }
        for (const key6 in data45) {
          if (!func2.call(schema44.properties.waiting.properties, key6)) {
            const err70 = { instancePath: instancePath + "/waiting", schemaPath: "#/properties/waiting/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key6 }, message: "must NOT have additional properties", schema: false, parentSchema: schema44.properties.waiting, data: data45 };
            if (vErrors === null) {
              vErrors = [err70];
            } else {
              vErrors.push(err70);
            }
            errors++;
          }
        }
        if (data45.since !== void 0) {
          if (!validate191(data45.since, { instancePath: instancePath + "/waiting/since", parentData: data45, parentDataProperty: "since", rootData })) {
            vErrors = vErrors === null ? validate191.errors : vErrors.concat(validate191.errors);
            errors = vErrors.length;
          }
        }
        if (data45.until !== void 0) {
          if (!validate191(data45.until, { instancePath: instancePath + "/waiting/until", parentData: data45, parentDataProperty: "until", rootData })) {
            vErrors = vErrors === null ? validate191.errors : vErrors.concat(validate191.errors);
            errors = vErrors.length;
          }
        }
        if (data45.on !== void 0) {
          let data48 = data45.on;
          if (typeof data48 !== "string") {
            const err71 = { instancePath: instancePath + "/waiting/on", schemaPath: "#/properties/waiting/properties/on/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema44.properties.waiting.properties.on.type, parentSchema: schema44.properties.waiting.properties.on, data: data48 };
            if (vErrors === null) {
              vErrors = [err71];
            } else {
              vErrors.push(err71);
            }
            errors++;
          }
          if (!(data48 === "time" || data48 === "order" || data48 === "sandbox" || data48 === "model" || data48 === "config" || data48 === "policy" || data48 === "approval" || data48 === "person" || data48 === "integration")) {
            const err72 = { instancePath: instancePath + "/waiting/on", schemaPath: "#/properties/waiting/properties/on/enum", keyword: "enum", params: { allowedValues: schema44.properties.waiting.properties.on.enum }, message: "must be equal to one of the allowed values", schema: schema44.properties.waiting.properties.on.enum, parentSchema: schema44.properties.waiting.properties.on, data: data48 };
            if (vErrors === null) {
              vErrors = [err72];
            } else {
              vErrors.push(err72);
            }
            errors++;
          }
        }
        if (data45.orders !== void 0) {
          let data49 = data45.orders;
          if (Array.isArray(data49)) {
            if (data49.length < 1) {
              const err73 = { instancePath: instancePath + "/waiting/orders", schemaPath: "#/properties/waiting/properties/orders/minItems", keyword: "minItems", params: { limit: 1 }, message: "must NOT have fewer than 1 items", schema: 1, parentSchema: schema44.properties.waiting.properties.orders, data: data49 };
              if (vErrors === null) {
                vErrors = [err73];
              } else {
                vErrors.push(err73);
              }
              errors++;
            }
            const len2 = data49.length;
            for (let i2 = 0; i2 < len2; i2++) {
              if (!validate48(data49[i2], { instancePath: instancePath + "/waiting/orders/" + i2, parentData: data49, parentDataProperty: i2, rootData })) {
                vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
                errors = vErrors.length;
              }
            }
          } else {
            const err74 = { instancePath: instancePath + "/waiting/orders", schemaPath: "#/properties/waiting/properties/orders/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema44.properties.waiting.properties.orders.type, parentSchema: schema44.properties.waiting.properties.orders, data: data49 };
            if (vErrors === null) {
              vErrors = [err74];
            } else {
              vErrors.push(err74);
            }
            errors++;
          }
        }
        if (data45.request !== void 0) {
          if (!validate48(data45.request, { instancePath: instancePath + "/waiting/request", parentData: data45, parentDataProperty: "request", rootData })) {
            vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
            errors = vErrors.length;
          }
        }
        if (data45.asked !== void 0) {
          let data52 = data45.asked;
          if (typeof data52 !== "string") {
            const err75 = { instancePath: instancePath + "/waiting/asked", schemaPath: "#/properties/waiting/properties/asked/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema44.properties.waiting.properties.asked.type, parentSchema: schema44.properties.waiting.properties.asked, data: data52 };
            if (vErrors === null) {
              vErrors = [err75];
            } else {
              vErrors.push(err75);
            }
            errors++;
          }
        }
        if (data45.reason !== void 0) {
          let data53 = data45.reason;
          if (typeof data53 !== "string") {
            const err76 = { instancePath: instancePath + "/waiting/reason", schemaPath: "#/properties/waiting/properties/reason/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema44.properties.waiting.properties.reason.type, parentSchema: schema44.properties.waiting.properties.reason, data: data53 };
            if (vErrors === null) {
              vErrors = [err76];
            } else {
              vErrors.push(err76);
            }
            errors++;
          }
        }
        if (data45.tried !== void 0) {
          if (!validate219(data45.tried, { instancePath: instancePath + "/waiting/tried", parentData: data45, parentDataProperty: "tried", rootData })) {
            vErrors = vErrors === null ? validate219.errors : vErrors.concat(validate219.errors);
            errors = vErrors.length;
          }
        }
        if (data45.people !== void 0) {
          let data55 = data45.people;
          if (typeof data55 !== "boolean") {
            const err77 = { instancePath: instancePath + "/waiting/people", schemaPath: "#/properties/waiting/properties/people/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean", schema: schema44.properties.waiting.properties.people.type, parentSchema: schema44.properties.waiting.properties.people, data: data55 };
            if (vErrors === null) {
              vErrors = [err77];
            } else {
              vErrors.push(err77);
            }
            errors++;
          }
          if (true !== data55) {
            const err78 = { instancePath: instancePath + "/waiting/people", schemaPath: "#/properties/waiting/properties/people/const", keyword: "const", params: { allowedValue: true }, message: "must be equal to constant", schema: true, parentSchema: schema44.properties.waiting.properties.people, data: data55 };
            if (vErrors === null) {
              vErrors = [err78];
            } else {
              vErrors.push(err78);
            }
            errors++;
          }
        }
        if (data45.failure !== void 0) {
          if (!validate241(data45.failure, { instancePath: instancePath + "/waiting/failure", parentData: data45, parentDataProperty: "failure", rootData })) {
            vErrors = vErrors === null ? validate241.errors : vErrors.concat(validate241.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err79 = { instancePath: instancePath + "/waiting", schemaPath: "#/properties/waiting/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema44.properties.waiting.type, parentSchema: schema44.properties.waiting, data: data45 };
        if (vErrors === null) {
          vErrors = [err79];
        } else {
          vErrors.push(err79);
        }
        errors++;
      }
    }
    if (data.ended !== void 0) {
      let data57 = data.ended;
      if (data57 && typeof data57 == "object" && !Array.isArray(data57)) {
        if (data57.at === void 0) {
          const err80 = { instancePath: instancePath + "/ended", schemaPath: "#/properties/ended/required", keyword: "required", params: { missingProperty: "at" }, message: "must have required property 'at'", schema: schema44.properties.ended.required, parentSchema: schema44.properties.ended, data: data57 };
          if (vErrors === null) {
            vErrors = [err80];
          } else {
            vErrors.push(err80);
          }
          errors++;
        }
        if (data57.outcome === void 0) {
          const err81 = { instancePath: instancePath + "/ended", schemaPath: "#/properties/ended/required", keyword: "required", params: { missingProperty: "outcome" }, message: "must have required property 'outcome'", schema: schema44.properties.ended.required, parentSchema: schema44.properties.ended, data: data57 };
          if (vErrors === null) {
            vErrors = [err81];
          } else {
            vErrors.push(err81);
          }
          errors++;
        }
        for (const key7 in data57) {
          if (!func2.call(schema44.properties.ended.properties, key7)) {
            const err82 = { instancePath: instancePath + "/ended", schemaPath: "#/properties/ended/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key7 }, message: "must NOT have additional properties", schema: false, parentSchema: schema44.properties.ended, data: data57 };
            if (vErrors === null) {
              vErrors = [err82];
            } else {
              vErrors.push(err82);
            }
            errors++;
          }
        }
        if (data57.at !== void 0) {
          if (!validate191(data57.at, { instancePath: instancePath + "/ended/at", parentData: data57, parentDataProperty: "at", rootData })) {
            vErrors = vErrors === null ? validate191.errors : vErrors.concat(validate191.errors);
            errors = vErrors.length;
          }
        }
        if (data57.outcome !== void 0) {
          let data59 = data57.outcome;
          if (typeof data59 !== "string") {
            const err83 = { instancePath: instancePath + "/ended/outcome", schemaPath: "#/properties/ended/properties/outcome/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema44.properties.ended.properties.outcome.type, parentSchema: schema44.properties.ended.properties.outcome, data: data59 };
            if (vErrors === null) {
              vErrors = [err83];
            } else {
              vErrors.push(err83);
            }
            errors++;
          }
          if (!(data59 === "shipped" || data59 === "no-change" || data59 === "held-back" || data59 === "completed" || data59 === "failed" || data59 === "cancelled" || data59 === "withdrawn" || data59 === "expired" || data59 === "replaced")) {
            const err84 = { instancePath: instancePath + "/ended/outcome", schemaPath: "#/properties/ended/properties/outcome/enum", keyword: "enum", params: { allowedValues: schema44.properties.ended.properties.outcome.enum }, message: "must be equal to one of the allowed values", schema: schema44.properties.ended.properties.outcome.enum, parentSchema: schema44.properties.ended.properties.outcome, data: data59 };
            if (vErrors === null) {
              vErrors = [err84];
            } else {
              vErrors.push(err84);
            }
            errors++;
          }
        }
        if (data57.branch !== void 0) {
          let data60 = data57.branch;
          if (typeof data60 !== "string") {
            const err85 = { instancePath: instancePath + "/ended/branch", schemaPath: "#/properties/ended/properties/branch/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema44.properties.ended.properties.branch.type, parentSchema: schema44.properties.ended.properties.branch, data: data60 };
            if (vErrors === null) {
              vErrors = [err85];
            } else {
              vErrors.push(err85);
            }
            errors++;
          }
        }
        if (data57.commit !== void 0) {
          let data61 = data57.commit;
          if (typeof data61 !== "string") {
            const err86 = { instancePath: instancePath + "/ended/commit", schemaPath: "#/properties/ended/properties/commit/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema44.properties.ended.properties.commit.type, parentSchema: schema44.properties.ended.properties.commit, data: data61 };
            if (vErrors === null) {
              vErrors = [err86];
            } else {
              vErrors.push(err86);
            }
            errors++;
          }
        }
        if (data57.into !== void 0) {
          if (!validate23(data57.into, { instancePath: instancePath + "/ended/into", parentData: data57, parentDataProperty: "into", rootData })) {
            vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
            errors = vErrors.length;
          }
        }
        if (data57.seen !== void 0) {
          if (!validate219(data57.seen, { instancePath: instancePath + "/ended/seen", parentData: data57, parentDataProperty: "seen", rootData })) {
            vErrors = vErrors === null ? validate219.errors : vErrors.concat(validate219.errors);
            errors = vErrors.length;
          }
        }
        if (data57.pull !== void 0) {
          let data64 = data57.pull;
          if (data64 && typeof data64 == "object" && !Array.isArray(data64)) {
            if (data64.number === void 0) {
              const err87 = { instancePath: instancePath + "/ended/pull", schemaPath: "#/properties/ended/properties/pull/required", keyword: "required", params: { missingProperty: "number" }, message: "must have required property 'number'", schema: schema44.properties.ended.properties.pull.required, parentSchema: schema44.properties.ended.properties.pull, data: data64 };
              if (vErrors === null) {
                vErrors = [err87];
              } else {
                vErrors.push(err87);
              }
              errors++;
            }
            if (data64.url === void 0) {
              const err88 = { instancePath: instancePath + "/ended/pull", schemaPath: "#/properties/ended/properties/pull/required", keyword: "required", params: { missingProperty: "url" }, message: "must have required property 'url'", schema: schema44.properties.ended.properties.pull.required, parentSchema: schema44.properties.ended.properties.pull, data: data64 };
              if (vErrors === null) {
                vErrors = [err88];
              } else {
                vErrors.push(err88);
              }
              errors++;
            }
            for (const key8 in data64) {
              if (!(key8 === "number" || key8 === "url" || key8 === "by" || key8 === "as" || key8 === "with")) {
                const err89 = { instancePath: instancePath + "/ended/pull", schemaPath: "#/properties/ended/properties/pull/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key8 }, message: "must NOT have additional properties", schema: false, parentSchema: schema44.properties.ended.properties.pull, data: data64 };
                if (vErrors === null) {
                  vErrors = [err89];
                } else {
                  vErrors.push(err89);
                }
                errors++;
              }
            }
            if (data64.number !== void 0) {
              let data65 = data64.number;
              if (!(typeof data65 == "number" && (!(data65 % 1) && !isNaN(data65)) && isFinite(data65))) {
                const err90 = { instancePath: instancePath + "/ended/pull/number", schemaPath: "#/properties/ended/properties/pull/properties/number/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema44.properties.ended.properties.pull.properties.number.type, parentSchema: schema44.properties.ended.properties.pull.properties.number, data: data65 };
                if (vErrors === null) {
                  vErrors = [err90];
                } else {
                  vErrors.push(err90);
                }
                errors++;
              }
              if (typeof data65 == "number" && isFinite(data65)) {
                if (data65 < 1 || isNaN(data65)) {
                  const err91 = { instancePath: instancePath + "/ended/pull/number", schemaPath: "#/properties/ended/properties/pull/properties/number/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1", schema: 1, parentSchema: schema44.properties.ended.properties.pull.properties.number, data: data65 };
                  if (vErrors === null) {
                    vErrors = [err91];
                  } else {
                    vErrors.push(err91);
                  }
                  errors++;
                }
              }
            }
            if (data64.url !== void 0) {
              let data66 = data64.url;
              if (typeof data66 === "string") {
                if (func3(data66) > 2e3) {
                  const err92 = { instancePath: instancePath + "/ended/pull/url", schemaPath: "#/properties/ended/properties/pull/properties/url/maxLength", keyword: "maxLength", params: { limit: 2e3 }, message: "must NOT have more than 2000 characters", schema: 2e3, parentSchema: schema44.properties.ended.properties.pull.properties.url, data: data66 };
                  if (vErrors === null) {
                    vErrors = [err92];
                  } else {
                    vErrors.push(err92);
                  }
                  errors++;
                }
              } else {
                const err93 = { instancePath: instancePath + "/ended/pull/url", schemaPath: "#/properties/ended/properties/pull/properties/url/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema44.properties.ended.properties.pull.properties.url.type, parentSchema: schema44.properties.ended.properties.pull.properties.url, data: data66 };
                if (vErrors === null) {
                  vErrors = [err93];
                } else {
                  vErrors.push(err93);
                }
                errors++;
              }
            }
            if (data64.by !== void 0) {
              let data67 = data64.by;
              if (typeof data67 === "string") {
                if (func3(data67) > 200) {
                  const err94 = { instancePath: instancePath + "/ended/pull/by", schemaPath: "#/properties/ended/properties/pull/properties/by/maxLength", keyword: "maxLength", params: { limit: 200 }, message: "must NOT have more than 200 characters", schema: 200, parentSchema: schema44.properties.ended.properties.pull.properties.by, data: data67 };
                  if (vErrors === null) {
                    vErrors = [err94];
                  } else {
                    vErrors.push(err94);
                  }
                  errors++;
                }
              } else {
                const err95 = { instancePath: instancePath + "/ended/pull/by", schemaPath: "#/properties/ended/properties/pull/properties/by/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema44.properties.ended.properties.pull.properties.by.type, parentSchema: schema44.properties.ended.properties.pull.properties.by, data: data67 };
                if (vErrors === null) {
                  vErrors = [err95];
                } else {
                  vErrors.push(err95);
                }
                errors++;
              }
            }
            if (data64.as !== void 0) {
              if (!validate219(data64.as, { instancePath: instancePath + "/ended/pull/as", parentData: data64, parentDataProperty: "as", rootData })) {
                vErrors = vErrors === null ? validate219.errors : vErrors.concat(validate219.errors);
                errors = vErrors.length;
              }
            }
            if (data64.with !== void 0) {
              let data69 = data64.with;
              if (typeof data69 !== "string") {
                const err96 = { instancePath: instancePath + "/ended/pull/with", schemaPath: "#/properties/ended/properties/pull/properties/with/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema44.properties.ended.properties.pull.properties.with.type, parentSchema: schema44.properties.ended.properties.pull.properties.with, data: data69 };
                if (vErrors === null) {
                  vErrors = [err96];
                } else {
                  vErrors.push(err96);
                }
                errors++;
              }
              if (!(data69 === "others")) {
                const err97 = { instancePath: instancePath + "/ended/pull/with", schemaPath: "#/properties/ended/properties/pull/properties/with/enum", keyword: "enum", params: { allowedValues: schema44.properties.ended.properties.pull.properties.with.enum }, message: "must be equal to one of the allowed values", schema: schema44.properties.ended.properties.pull.properties.with.enum, parentSchema: schema44.properties.ended.properties.pull.properties.with, data: data69 };
                if (vErrors === null) {
                  vErrors = [err97];
                } else {
                  vErrors.push(err97);
                }
                errors++;
              }
            }
          } else {
            const err98 = { instancePath: instancePath + "/ended/pull", schemaPath: "#/properties/ended/properties/pull/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema44.properties.ended.properties.pull.type, parentSchema: schema44.properties.ended.properties.pull, data: data64 };
            if (vErrors === null) {
              vErrors = [err98];
            } else {
              vErrors.push(err98);
            }
            errors++;
          }
        }
        if (data57.evidence !== void 0) {
          let data70 = data57.evidence;
          if (typeof data70 !== "string") {
            const err99 = { instancePath: instancePath + "/ended/evidence", schemaPath: "#/properties/ended/properties/evidence/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema44.properties.ended.properties.evidence.type, parentSchema: schema44.properties.ended.properties.evidence, data: data70 };
            if (vErrors === null) {
              vErrors = [err99];
            } else {
              vErrors.push(err99);
            }
            errors++;
          }
        }
        if (data57.reason !== void 0) {
          let data71 = data57.reason;
          if (typeof data71 !== "string") {
            const err100 = { instancePath: instancePath + "/ended/reason", schemaPath: "#/properties/ended/properties/reason/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema44.properties.ended.properties.reason.type, parentSchema: schema44.properties.ended.properties.reason, data: data71 };
            if (vErrors === null) {
              vErrors = [err100];
            } else {
              vErrors.push(err100);
            }
            errors++;
          }
        }
        if (data57.failure !== void 0) {
          if (!validate241(data57.failure, { instancePath: instancePath + "/ended/failure", parentData: data57, parentDataProperty: "failure", rootData })) {
            vErrors = vErrors === null ? validate241.errors : vErrors.concat(validate241.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err101 = { instancePath: instancePath + "/ended", schemaPath: "#/properties/ended/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema44.properties.ended.type, parentSchema: schema44.properties.ended, data: data57 };
        if (vErrors === null) {
          vErrors = [err101];
        } else {
          vErrors.push(err101);
        }
        errors++;
      }
    }
  } else {
    const err102 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema44.type, parentSchema: schema44, data };
    if (vErrors === null) {
      vErrors = [err102];
    } else {
      vErrors.push(err102);
    }
    errors++;
  }
  validate193.errors = vErrors;
  return errors === 0;
}
const request = validate263;
const schema55 = { "title": "Vault request", "description": "`ops/vault/pending|approved|fired|rejected/<id>.yml`: what a person is asked, and what came of it. The folder is its state.", "type": "object", "additionalProperties": false, "required": ["id", "kind", "order", "tier", "reasons", "subject", "needs", "asks", "at", "expires"], "properties": { "id": { "$ref": "#/definitions/identifier" }, "kind": { "title": "Kind", "description": "`start`: may it run. `merge`: may the result ship. `step`: an `approve` step of the formula. `budget`: may it take as much time again, or use more. `task`: something to do outside. `question`: what should become of it.", "type": "string", "enum": ["start", "merge", "step", "budget", "task", "question"] }, "order": { "$ref": "#/definitions/identifier" }, "run": { "$ref": "#/definitions/identifier" }, "step": { "title": "Step", "description": "The step that waits.", "type": "string" }, "tier": { "$ref": "#/definitions/tier" }, "reasons": { "title": "Reasons", "description": "Why this tier, each with its rule.", "type": "array", "items": { "type": "object", "additionalProperties": false, "required": ["rule", "tier", "because"], "properties": { "rule": { "title": "Rule", "description": "The rule's id.", "type": "string" }, "tier": { "title": "Tier", "description": "The tier that it asks for.", "type": "string" }, "because": { "title": "Because", "description": "In words.", "type": "string" } } } }, "subject": { "$ref": "#/definitions/subject" }, "grant": { "$ref": "#/definitions/bounds" }, "needs": { "title": "Needs", "description": "Who must approve.", "type": "object", "additionalProperties": false, "required": ["approvals"], "properties": { "approvals": { "title": "Approvals", "description": "How many people.", "type": "integer", "minimum": 1 }, "from": { "title": "From", "description": "Groups that they must belong to; without it any approver.", "type": "array", "items": { "type": "string" } } } }, "asks": { "title": "Asks", "description": "The request in words.", "type": "object", "additionalProperties": false, "required": ["what", "why", "then", "rollback"], "properties": { "what": { "title": "What", "description": "The question.", "type": "string" }, "why": { "title": "Why", "description": "The order's goal.", "type": "string" }, "plan": { "title": "Plan", "description": "The steps that would run, or the orders that would be filed.", "type": "array", "items": { "type": "string" } }, "scope": { "title": "Scope", "description": "What may be written.", "type": "array", "items": { "type": "string" } }, "changes": { "title": "Changes", "description": "What is changed.", "type": "array", "items": { "type": "string" } }, "risks": { "title": "Risk notes", "description": "What to look at.", "type": "array", "items": { "type": "string" } }, "then": { "title": "Then", "description": "What happens after approval.", "type": "string" }, "rollback": { "title": "Rollback", "description": "How it is taken back.", "type": "string" } } }, "at": { "$ref": "#/definitions/instant" }, "expires": { "$ref": "#/definitions/instant" }, "answers": { "title": "Answers", "description": "What may be answered to a question.", "type": "array", "items": { "type": "string" } }, "answer": { "title": "Answer", "description": "What the person reports or decides: the one thing that an approval may add.", "type": "string", "minLength": 1, "maxLength": 2e4 }, "approvals": { "title": "Approvals", "description": "Those that count so far.", "type": "array", "items": { "$ref": "#/definitions/approvalRecord" } }, "refused": { "title": "Refused", "description": "What looked like an approval and is none.", "type": "array", "items": { "type": "object", "additionalProperties": false, "required": ["commit", "at", "why"], "properties": { "commit": { "title": "Commit", "description": "The commit on the ops branch.", "type": "string" }, "at": { "$ref": "#/definitions/instant" }, "why": { "title": "Why", "description": "In words.", "type": "string" } } } }, "end": { "title": "End", "description": "What came of it.", "type": "object", "additionalProperties": false, "required": ["at", "outcome"], "properties": { "at": { "$ref": "#/definitions/instant" }, "outcome": { "title": "Outcome", "description": "`intended`: about to be done. `done`. `unknown`: a crash lies between, and nobody can tell. `rejected`, `expired`, `void` (what it asked about changed).", "type": "string", "enum": ["intended", "done", "unknown", "rejected", "expired", "void"] }, "by": { "title": "By", "description": "Who rejected or resolved it.", "type": "string" }, "reason": { "title": "Reason", "description": "In words.", "type": "string" } } } } };
const schema56 = { "title": "Subject", "description": "What a request asks about, to the last byte: an approval holds for exactly this.", "type": "object", "additionalProperties": false, "required": ["digest", "order", "formula", "policy", "base"], "properties": { "digest": { "title": "Digest", "description": "SHA-256 over all the other parts, with the request's kind, order, run and step.", "type": "string", "pattern": "^sha256:[0-9a-f]{64}$" }, "order": { "title": "Order", "description": "Digest of the order's text.", "type": "string" }, "formula": { "title": "Formula", "description": "Digest of the formula's file.", "type": "string" }, "policy": { "title": "Policy", "description": "Digest of the policy in force.", "type": "string" }, "base": { "title": "Base", "description": "The commit that the work starts from.", "type": "string", "pattern": "^[0-9a-f]{40,64}$" }, "tree": { "title": "Tree", "description": "The tree that would ship, or that the step stands at.", "type": "string", "pattern": "^[0-9a-f]{40,64}$" }, "diff": { "title": "Diff", "description": "Digest of what is changed, without where in its files: where the base moves on and the diff stays the same, an approval holds.", "type": "string" }, "image": { "title": "Image", "description": "The sandbox image.", "type": "string" }, "images": { "title": "Images", "description": "What the images of the steps were when it was asked, by their names: a tag can come to mean another image.", "type": "object", "additionalProperties": { "type": "string" } }, "orders": { "title": "Orders", "description": "Digest of the lists of orders that the run would file after an `approve` step.", "type": "string" }, "into": { "title": "Into", "description": "The branch that the result would be merged into; none where it would only lie on a branch of its own.", "type": "string" }, "secrets": { "title": "Secrets", "description": "Names of the secrets that steps would get.", "type": "array", "items": { "type": "string" } } } };
function validate268(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.digest === void 0) {
      const err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "digest" }, message: "must have required property 'digest'", schema: schema56.required, parentSchema: schema56, data };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (data.order === void 0) {
      const err1 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "order" }, message: "must have required property 'order'", schema: schema56.required, parentSchema: schema56, data };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    if (data.formula === void 0) {
      const err2 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "formula" }, message: "must have required property 'formula'", schema: schema56.required, parentSchema: schema56, data };
      if (vErrors === null) {
        vErrors = [err2];
      } else {
        vErrors.push(err2);
      }
      errors++;
    }
    if (data.policy === void 0) {
      const err3 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "policy" }, message: "must have required property 'policy'", schema: schema56.required, parentSchema: schema56, data };
      if (vErrors === null) {
        vErrors = [err3];
      } else {
        vErrors.push(err3);
      }
      errors++;
    }
    if (data.base === void 0) {
      const err4 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "base" }, message: "must have required property 'base'", schema: schema56.required, parentSchema: schema56, data };
      if (vErrors === null) {
        vErrors = [err4];
      } else {
        vErrors.push(err4);
      }
      errors++;
    }
    for (const key0 in data) {
      if (!func2.call(schema56.properties, key0)) {
        const err5 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties", schema: false, parentSchema: schema56, data };
        if (vErrors === null) {
          vErrors = [err5];
        } else {
          vErrors.push(err5);
        }
        errors++;
      }
    }
    if (data.digest !== void 0) {
      let data0 = data.digest;
      if (typeof data0 === "string") {
        if (!pattern46.test(data0)) {
          const err6 = { instancePath: instancePath + "/digest", schemaPath: "#/properties/digest/pattern", keyword: "pattern", params: { pattern: "^sha256:[0-9a-f]{64}$" }, message: 'must match pattern "^sha256:[0-9a-f]{64}$"', schema: "^sha256:[0-9a-f]{64}$", parentSchema: schema56.properties.digest, data: data0 };
          if (vErrors === null) {
            vErrors = [err6];
          } else {
            vErrors.push(err6);
          }
          errors++;
        }
      } else {
        const err7 = { instancePath: instancePath + "/digest", schemaPath: "#/properties/digest/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema56.properties.digest.type, parentSchema: schema56.properties.digest, data: data0 };
        if (vErrors === null) {
          vErrors = [err7];
        } else {
          vErrors.push(err7);
        }
        errors++;
      }
    }
    if (data.order !== void 0) {
      let data1 = data.order;
      if (typeof data1 !== "string") {
        const err8 = { instancePath: instancePath + "/order", schemaPath: "#/properties/order/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema56.properties.order.type, parentSchema: schema56.properties.order, data: data1 };
        if (vErrors === null) {
          vErrors = [err8];
        } else {
          vErrors.push(err8);
        }
        errors++;
      }
    }
    if (data.formula !== void 0) {
      let data2 = data.formula;
      if (typeof data2 !== "string") {
        const err9 = { instancePath: instancePath + "/formula", schemaPath: "#/properties/formula/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema56.properties.formula.type, parentSchema: schema56.properties.formula, data: data2 };
        if (vErrors === null) {
          vErrors = [err9];
        } else {
          vErrors.push(err9);
        }
        errors++;
      }
    }
    if (data.policy !== void 0) {
      let data3 = data.policy;
      if (typeof data3 !== "string") {
        const err10 = { instancePath: instancePath + "/policy", schemaPath: "#/properties/policy/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema56.properties.policy.type, parentSchema: schema56.properties.policy, data: data3 };
        if (vErrors === null) {
          vErrors = [err10];
        } else {
          vErrors.push(err10);
        }
        errors++;
      }
    }
    if (data.base !== void 0) {
      let data4 = data.base;
      if (typeof data4 === "string") {
        if (!pattern40.test(data4)) {
          const err11 = { instancePath: instancePath + "/base", schemaPath: "#/properties/base/pattern", keyword: "pattern", params: { pattern: "^[0-9a-f]{40,64}$" }, message: 'must match pattern "^[0-9a-f]{40,64}$"', schema: "^[0-9a-f]{40,64}$", parentSchema: schema56.properties.base, data: data4 };
          if (vErrors === null) {
            vErrors = [err11];
          } else {
            vErrors.push(err11);
          }
          errors++;
        }
      } else {
        const err12 = { instancePath: instancePath + "/base", schemaPath: "#/properties/base/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema56.properties.base.type, parentSchema: schema56.properties.base, data: data4 };
        if (vErrors === null) {
          vErrors = [err12];
        } else {
          vErrors.push(err12);
        }
        errors++;
      }
    }
    if (data.tree !== void 0) {
      let data5 = data.tree;
      if (typeof data5 === "string") {
        if (!pattern40.test(data5)) {
          const err13 = { instancePath: instancePath + "/tree", schemaPath: "#/properties/tree/pattern", keyword: "pattern", params: { pattern: "^[0-9a-f]{40,64}$" }, message: 'must match pattern "^[0-9a-f]{40,64}$"', schema: "^[0-9a-f]{40,64}$", parentSchema: schema56.properties.tree, data: data5 };
          if (vErrors === null) {
            vErrors = [err13];
          } else {
            vErrors.push(err13);
          }
          errors++;
        }
      } else {
        const err14 = { instancePath: instancePath + "/tree", schemaPath: "#/properties/tree/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema56.properties.tree.type, parentSchema: schema56.properties.tree, data: data5 };
        if (vErrors === null) {
          vErrors = [err14];
        } else {
          vErrors.push(err14);
        }
        errors++;
      }
    }
    if (data.diff !== void 0) {
      let data6 = data.diff;
      if (typeof data6 !== "string") {
        const err15 = { instancePath: instancePath + "/diff", schemaPath: "#/properties/diff/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema56.properties.diff.type, parentSchema: schema56.properties.diff, data: data6 };
        if (vErrors === null) {
          vErrors = [err15];
        } else {
          vErrors.push(err15);
        }
        errors++;
      }
    }
    if (data.image !== void 0) {
      let data7 = data.image;
      if (typeof data7 !== "string") {
        const err16 = { instancePath: instancePath + "/image", schemaPath: "#/properties/image/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema56.properties.image.type, parentSchema: schema56.properties.image, data: data7 };
        if (vErrors === null) {
          vErrors = [err16];
        } else {
          vErrors.push(err16);
        }
        errors++;
      }
    }
    if (data.images !== void 0) {
      let data8 = data.images;
      if (data8 && typeof data8 == "object" && !Array.isArray(data8)) {
        for (const key1 in data8) {
          let data9 = data8[key1];
          if (typeof data9 !== "string") {
            const err17 = { instancePath: instancePath + "/images/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/images/additionalProperties/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema56.properties.images.additionalProperties.type, parentSchema: schema56.properties.images.additionalProperties, data: data9 };
            if (vErrors === null) {
              vErrors = [err17];
            } else {
              vErrors.push(err17);
            }
            errors++;
          }
        }
      } else {
        const err18 = { instancePath: instancePath + "/images", schemaPath: "#/properties/images/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema56.properties.images.type, parentSchema: schema56.properties.images, data: data8 };
        if (vErrors === null) {
          vErrors = [err18];
        } else {
          vErrors.push(err18);
        }
        errors++;
      }
    }
    if (data.orders !== void 0) {
      let data10 = data.orders;
      if (typeof data10 !== "string") {
        const err19 = { instancePath: instancePath + "/orders", schemaPath: "#/properties/orders/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema56.properties.orders.type, parentSchema: schema56.properties.orders, data: data10 };
        if (vErrors === null) {
          vErrors = [err19];
        } else {
          vErrors.push(err19);
        }
        errors++;
      }
    }
    if (data.into !== void 0) {
      let data11 = data.into;
      if (typeof data11 !== "string") {
        const err20 = { instancePath: instancePath + "/into", schemaPath: "#/properties/into/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema56.properties.into.type, parentSchema: schema56.properties.into, data: data11 };
        if (vErrors === null) {
          vErrors = [err20];
        } else {
          vErrors.push(err20);
        }
        errors++;
      }
    }
    if (data.secrets !== void 0) {
      let data12 = data.secrets;
      if (Array.isArray(data12)) {
        const len0 = data12.length;
        for (let i0 = 0; i0 < len0; i0++) {
          let data13 = data12[i0];
          if (typeof data13 !== "string") {
            const err21 = { instancePath: instancePath + "/secrets/" + i0, schemaPath: "#/properties/secrets/items/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema56.properties.secrets.items.type, parentSchema: schema56.properties.secrets.items, data: data13 };
            if (vErrors === null) {
              vErrors = [err21];
            } else {
              vErrors.push(err21);
            }
            errors++;
          }
        }
      } else {
        const err22 = { instancePath: instancePath + "/secrets", schemaPath: "#/properties/secrets/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema56.properties.secrets.type, parentSchema: schema56.properties.secrets, data: data12 };
        if (vErrors === null) {
          vErrors = [err22];
        } else {
          vErrors.push(err22);
        }
        errors++;
      }
    }
  } else {
    const err23 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema56.type, parentSchema: schema56, data };
    if (vErrors === null) {
      vErrors = [err23];
    } else {
      vErrors.push(err23);
    }
    errors++;
  }
  validate268.errors = vErrors;
  return errors === 0;
}
const schema57 = { "title": "Approval", "description": "One person's yes.", "type": "object", "additionalProperties": false, "required": ["by", "commit", "at"], "properties": { "by": { "$ref": "#/definitions/identifier" }, "commit": { "title": "Commit", "description": "The commit on the ops branch that says so.", "type": "string", "pattern": "^[0-9a-f]{40,64}$" }, "at": { "$ref": "#/definitions/instant" }, "forge": { "title": "Forge", "description": "`verify: forge`: what the forge said of the pull request whose merge this is.", "type": "object", "additionalProperties": false, "required": ["kind", "pull", "url", "login", "at"], "properties": { "kind": { "title": "Kind", "description": "The forge's software.", "type": "string", "enum": ["github", "gitea", "gitlab"] }, "pull": { "title": "Pull", "description": "Its number.", "type": "integer", "minimum": 1 }, "url": { "title": "URL", "description": "Where it is.", "type": "string", "maxLength": 2e3 }, "login": { "title": "Login", "description": "Who merged it.", "type": "string", "maxLength": 200 }, "at": { "$ref": "#/definitions/instant" } } } } };
function validate273(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.by === void 0) {
      const err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "by" }, message: "must have required property 'by'", schema: schema57.required, parentSchema: schema57, data };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (data.commit === void 0) {
      const err1 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "commit" }, message: "must have required property 'commit'", schema: schema57.required, parentSchema: schema57, data };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    if (data.at === void 0) {
      const err2 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "at" }, message: "must have required property 'at'", schema: schema57.required, parentSchema: schema57, data };
      if (vErrors === null) {
        vErrors = [err2];
      } else {
        vErrors.push(err2);
      }
      errors++;
    }
    for (const key0 in data) {
      if (!(key0 === "by" || key0 === "commit" || key0 === "at" || key0 === "forge")) {
        const err3 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties", schema: false, parentSchema: schema57, data };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
    }
    if (data.by !== void 0) {
      if (!validate48(data.by, { instancePath: instancePath + "/by", parentData: data, parentDataProperty: "by", rootData })) {
        vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
        errors = vErrors.length;
      }
    }
    if (data.commit !== void 0) {
      let data1 = data.commit;
      if (typeof data1 === "string") {
        if (!pattern40.test(data1)) {
          const err4 = { instancePath: instancePath + "/commit", schemaPath: "#/properties/commit/pattern", keyword: "pattern", params: { pattern: "^[0-9a-f]{40,64}$" }, message: 'must match pattern "^[0-9a-f]{40,64}$"', schema: "^[0-9a-f]{40,64}$", parentSchema: schema57.properties.commit, data: data1 };
          if (vErrors === null) {
            vErrors = [err4];
          } else {
            vErrors.push(err4);
          }
          errors++;
        }
      } else {
        const err5 = { instancePath: instancePath + "/commit", schemaPath: "#/properties/commit/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema57.properties.commit.type, parentSchema: schema57.properties.commit, data: data1 };
        if (vErrors === null) {
          vErrors = [err5];
        } else {
          vErrors.push(err5);
        }
        errors++;
      }
    }
    if (data.at !== void 0) {
      if (!validate191(data.at, { instancePath: instancePath + "/at", parentData: data, parentDataProperty: "at", rootData })) {
        vErrors = vErrors === null ? validate191.errors : vErrors.concat(validate191.errors);
        errors = vErrors.length;
      }
    }
    if (data.forge !== void 0) {
      let data3 = data.forge;
      if (data3 && typeof data3 == "object" && !Array.isArray(data3)) {
        if (data3.kind === void 0) {
          const err6 = { instancePath: instancePath + "/forge", schemaPath: "#/properties/forge/required", keyword: "required", params: { missingProperty: "kind" }, message: "must have required property 'kind'", schema: schema57.properties.forge.required, parentSchema: schema57.properties.forge, data: data3 };
          if (vErrors === null) {
            vErrors = [err6];
          } else {
            vErrors.push(err6);
          }
          errors++;
        }
        if (data3.pull === void 0) {
          const err7 = { instancePath: instancePath + "/forge", schemaPath: "#/properties/forge/required", keyword: "required", params: { missingProperty: "pull" }, message: "must have required property 'pull'", schema: schema57.properties.forge.required, parentSchema: schema57.properties.forge, data: data3 };
          if (vErrors === null) {
            vErrors = [err7];
          } else {
            vErrors.push(err7);
          }
          errors++;
        }
        if (data3.url === void 0) {
          const err8 = { instancePath: instancePath + "/forge", schemaPath: "#/properties/forge/required", keyword: "required", params: { missingProperty: "url" }, message: "must have required property 'url'", schema: schema57.properties.forge.required, parentSchema: schema57.properties.forge, data: data3 };
          if (vErrors === null) {
            vErrors = [err8];
          } else {
            vErrors.push(err8);
          }
          errors++;
        }
        if (data3.login === void 0) {
          const err9 = { instancePath: instancePath + "/forge", schemaPath: "#/properties/forge/required", keyword: "required", params: { missingProperty: "login" }, message: "must have required property 'login'", schema: schema57.properties.forge.required, parentSchema: schema57.properties.forge, data: data3 };
          if (vErrors === null) {
            vErrors = [err9];
          } else {
            vErrors.push(err9);
          }
          errors++;
        }
        if (data3.at === void 0) {
          const err10 = { instancePath: instancePath + "/forge", schemaPath: "#/properties/forge/required", keyword: "required", params: { missingProperty: "at" }, message: "must have required property 'at'", schema: schema57.properties.forge.required, parentSchema: schema57.properties.forge, data: data3 };
          if (vErrors === null) {
            vErrors = [err10];
          } else {
            vErrors.push(err10);
          }
          errors++;
        }
        for (const key1 in data3) {
          if (!(key1 === "kind" || key1 === "pull" || key1 === "url" || key1 === "login" || key1 === "at")) {
            const err11 = { instancePath: instancePath + "/forge", schemaPath: "#/properties/forge/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key1 }, message: "must NOT have additional properties", schema: false, parentSchema: schema57.properties.forge, data: data3 };
            if (vErrors === null) {
              vErrors = [err11];
            } else {
              vErrors.push(err11);
            }
            errors++;
          }
        }
        if (data3.kind !== void 0) {
          let data4 = data3.kind;
          if (typeof data4 !== "string") {
            const err12 = { instancePath: instancePath + "/forge/kind", schemaPath: "#/properties/forge/properties/kind/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema57.properties.forge.properties.kind.type, parentSchema: schema57.properties.forge.properties.kind, data: data4 };
            if (vErrors === null) {
              vErrors = [err12];
            } else {
              vErrors.push(err12);
            }
            errors++;
          }
          if (!(data4 === "github" || data4 === "gitea" || data4 === "gitlab")) {
            const err13 = { instancePath: instancePath + "/forge/kind", schemaPath: "#/properties/forge/properties/kind/enum", keyword: "enum", params: { allowedValues: schema57.properties.forge.properties.kind.enum }, message: "must be equal to one of the allowed values", schema: schema57.properties.forge.properties.kind.enum, parentSchema: schema57.properties.forge.properties.kind, data: data4 };
            if (vErrors === null) {
              vErrors = [err13];
            } else {
              vErrors.push(err13);
            }
            errors++;
          }
        }
        if (data3.pull !== void 0) {
          let data5 = data3.pull;
          if (!(typeof data5 == "number" && (!(data5 % 1) && !isNaN(data5)) && isFinite(data5))) {
            const err14 = { instancePath: instancePath + "/forge/pull", schemaPath: "#/properties/forge/properties/pull/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema57.properties.forge.properties.pull.type, parentSchema: schema57.properties.forge.properties.pull, data: data5 };
            if (vErrors === null) {
              vErrors = [err14];
            } else {
              vErrors.push(err14);
            }
            errors++;
          }
          if (typeof data5 == "number" && isFinite(data5)) {
            if (data5 < 1 || isNaN(data5)) {
              const err15 = { instancePath: instancePath + "/forge/pull", schemaPath: "#/properties/forge/properties/pull/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1", schema: 1, parentSchema: schema57.properties.forge.properties.pull, data: data5 };
              if (vErrors === null) {
                vErrors = [err15];
              } else {
                vErrors.push(err15);
              }
              errors++;
            }
          }
        }
        if (data3.url !== void 0) {
          let data6 = data3.url;
          if (typeof data6 === "string") {
            if (func3(data6) > 2e3) {
              const err16 = { instancePath: instancePath + "/forge/url", schemaPath: "#/properties/forge/properties/url/maxLength", keyword: "maxLength", params: { limit: 2e3 }, message: "must NOT have more than 2000 characters", schema: 2e3, parentSchema: schema57.properties.forge.properties.url, data: data6 };
              if (vErrors === null) {
                vErrors = [err16];
              } else {
                vErrors.push(err16);
              }
              errors++;
            }
          } else {
            const err17 = { instancePath: instancePath + "/forge/url", schemaPath: "#/properties/forge/properties/url/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema57.properties.forge.properties.url.type, parentSchema: schema57.properties.forge.properties.url, data: data6 };
            if (vErrors === null) {
              vErrors = [err17];
            } else {
              vErrors.push(err17);
            }
            errors++;
          }
        }
        if (data3.login !== void 0) {
          let data7 = data3.login;
          if (typeof data7 === "string") {
            if (func3(data7) > 200) {
              const err18 = { instancePath: instancePath + "/forge/login", schemaPath: "#/properties/forge/properties/login/maxLength", keyword: "maxLength", params: { limit: 200 }, message: "must NOT have more than 200 characters", schema: 200, parentSchema: schema57.properties.forge.properties.login, data: data7 };
              if (vErrors === null) {
                vErrors = [err18];
              } else {
                vErrors.push(err18);
              }
              errors++;
            }
          } else {
            const err19 = { instancePath: instancePath + "/forge/login", schemaPath: "#/properties/forge/properties/login/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema57.properties.forge.properties.login.type, parentSchema: schema57.properties.forge.properties.login, data: data7 };
            if (vErrors === null) {
              vErrors = [err19];
            } else {
              vErrors.push(err19);
            }
            errors++;
          }
        }
        if (data3.at !== void 0) {
          if (!validate191(data3.at, { instancePath: instancePath + "/forge/at", parentData: data3, parentDataProperty: "at", rootData })) {
            vErrors = vErrors === null ? validate191.errors : vErrors.concat(validate191.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err20 = { instancePath: instancePath + "/forge", schemaPath: "#/properties/forge/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema57.properties.forge.type, parentSchema: schema57.properties.forge, data: data3 };
        if (vErrors === null) {
          vErrors = [err20];
        } else {
          vErrors.push(err20);
        }
        errors++;
      }
    }
  } else {
    const err21 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema57.type, parentSchema: schema57, data };
    if (vErrors === null) {
      vErrors = [err21];
    } else {
      vErrors.push(err21);
    }
    errors++;
  }
  validate273.errors = vErrors;
  return errors === 0;
}
function validate263(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.id === void 0) {
      const err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "id" }, message: "must have required property 'id'", schema: schema55.required, parentSchema: schema55, data };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (data.kind === void 0) {
      const err1 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "kind" }, message: "must have required property 'kind'", schema: schema55.required, parentSchema: schema55, data };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    if (data.order === void 0) {
      const err2 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "order" }, message: "must have required property 'order'", schema: schema55.required, parentSchema: schema55, data };
      if (vErrors === null) {
        vErrors = [err2];
      } else {
        vErrors.push(err2);
      }
      errors++;
    }
    if (data.tier === void 0) {
      const err3 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "tier" }, message: "must have required property 'tier'", schema: schema55.required, parentSchema: schema55, data };
      if (vErrors === null) {
        vErrors = [err3];
      } else {
        vErrors.push(err3);
      }
      errors++;
    }
    if (data.reasons === void 0) {
      const err4 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "reasons" }, message: "must have required property 'reasons'", schema: schema55.required, parentSchema: schema55, data };
      if (vErrors === null) {
        vErrors = [err4];
      } else {
        vErrors.push(err4);
      }
      errors++;
    }
    if (data.subject === void 0) {
      const err5 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "subject" }, message: "must have required property 'subject'", schema: schema55.required, parentSchema: schema55, data };
      if (vErrors === null) {
        vErrors = [err5];
      } else {
        vErrors.push(err5);
      }
      errors++;
    }
    if (data.needs === void 0) {
      const err6 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "needs" }, message: "must have required property 'needs'", schema: schema55.required, parentSchema: schema55, data };
      if (vErrors === null) {
        vErrors = [err6];
      } else {
        vErrors.push(err6);
      }
      errors++;
    }
    if (data.asks === void 0) {
      const err7 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "asks" }, message: "must have required property 'asks'", schema: schema55.required, parentSchema: schema55, data };
      if (vErrors === null) {
        vErrors = [err7];
      } else {
        vErrors.push(err7);
      }
      errors++;
    }
    if (data.at === void 0) {
      const err8 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "at" }, message: "must have required property 'at'", schema: schema55.required, parentSchema: schema55, data };
      if (vErrors === null) {
        vErrors = [err8];
      } else {
        vErrors.push(err8);
      }
      errors++;
    }
    if (data.expires === void 0) {
      const err9 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "expires" }, message: "must have required property 'expires'", schema: schema55.required, parentSchema: schema55, data };
      if (vErrors === null) {
        vErrors = [err9];
      } else {
        vErrors.push(err9);
      }
      errors++;
    }
    for (const key0 in data) {
      if (!func2.call(schema55.properties, key0)) {
        const err10 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties", schema: false, parentSchema: schema55, data };
        if (vErrors === null) {
          vErrors = [err10];
        } else {
          vErrors.push(err10);
        }
        errors++;
      }
    }
    if (data.id !== void 0) {
      if (!validate48(data.id, { instancePath: instancePath + "/id", parentData: data, parentDataProperty: "id", rootData })) {
        vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
        errors = vErrors.length;
      }
    }
    if (data.kind !== void 0) {
      let data1 = data.kind;
      if (typeof data1 !== "string") {
        const err11 = { instancePath: instancePath + "/kind", schemaPath: "#/properties/kind/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema55.properties.kind.type, parentSchema: schema55.properties.kind, data: data1 };
        if (vErrors === null) {
          vErrors = [err11];
        } else {
          vErrors.push(err11);
        }
        errors++;
      }
      if (!(data1 === "start" || data1 === "merge" || data1 === "step" || data1 === "budget" || data1 === "task" || data1 === "question")) {
        const err12 = { instancePath: instancePath + "/kind", schemaPath: "#/properties/kind/enum", keyword: "enum", params: { allowedValues: schema55.properties.kind.enum }, message: "must be equal to one of the allowed values", schema: schema55.properties.kind.enum, parentSchema: schema55.properties.kind, data: data1 };
        if (vErrors === null) {
          vErrors = [err12];
        } else {
          vErrors.push(err12);
        }
        errors++;
      }
    }
    if (data.order !== void 0) {
      if (!validate48(data.order, { instancePath: instancePath + "/order", parentData: data, parentDataProperty: "order", rootData })) {
        vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
        errors = vErrors.length;
      }
    }
    if (data.run !== void 0) {
      if (!validate48(data.run, { instancePath: instancePath + "/run", parentData: data, parentDataProperty: "run", rootData })) {
        vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
        errors = vErrors.length;
      }
    }
    if (data.step !== void 0) {
      let data4 = data.step;
      if (typeof data4 !== "string") {
        const err13 = { instancePath: instancePath + "/step", schemaPath: "#/properties/step/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema55.properties.step.type, parentSchema: schema55.properties.step, data: data4 };
        if (vErrors === null) {
          vErrors = [err13];
        } else {
          vErrors.push(err13);
        }
        errors++;
      }
    }
    if (data.tier !== void 0) {
      if (!validate57(data.tier, { instancePath: instancePath + "/tier", parentData: data, parentDataProperty: "tier", rootData })) {
        vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
        errors = vErrors.length;
      }
    }
    if (data.reasons !== void 0) {
      let data6 = data.reasons;
      if (Array.isArray(data6)) {
        const len0 = data6.length;
        for (let i0 = 0; i0 < len0; i0++) {
          let data7 = data6[i0];
          if (data7 && typeof data7 == "object" && !Array.isArray(data7)) {
            if (data7.rule === void 0) {
              const err14 = { instancePath: instancePath + "/reasons/" + i0, schemaPath: "#/properties/reasons/items/required", keyword: "required", params: { missingProperty: "rule" }, message: "must have required property 'rule'", schema: schema55.properties.reasons.items.required, parentSchema: schema55.properties.reasons.items, data: data7 };
              if (vErrors === null) {
                vErrors = [err14];
              } else {
                vErrors.push(err14);
              }
              errors++;
            }
            if (data7.tier === void 0) {
              const err15 = { instancePath: instancePath + "/reasons/" + i0, schemaPath: "#/properties/reasons/items/required", keyword: "required", params: { missingProperty: "tier" }, message: "must have required property 'tier'", schema: schema55.properties.reasons.items.required, parentSchema: schema55.properties.reasons.items, data: data7 };
              if (vErrors === null) {
                vErrors = [err15];
              } else {
                vErrors.push(err15);
              }
              errors++;
            }
            if (data7.because === void 0) {
              const err16 = { instancePath: instancePath + "/reasons/" + i0, schemaPath: "#/properties/reasons/items/required", keyword: "required", params: { missingProperty: "because" }, message: "must have required property 'because'", schema: schema55.properties.reasons.items.required, parentSchema: schema55.properties.reasons.items, data: data7 };
              if (vErrors === null) {
                vErrors = [err16];
              } else {
                vErrors.push(err16);
              }
              errors++;
            }
            for (const key1 in data7) {
              if (!(key1 === "rule" || key1 === "tier" || key1 === "because")) {
                const err17 = { instancePath: instancePath + "/reasons/" + i0, schemaPath: "#/properties/reasons/items/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key1 }, message: "must NOT have additional properties", schema: false, parentSchema: schema55.properties.reasons.items, data: data7 };
                if (vErrors === null) {
                  vErrors = [err17];
                } else {
                  vErrors.push(err17);
                }
                errors++;
              }
            }
            if (data7.rule !== void 0) {
              let data8 = data7.rule;
              if (typeof data8 !== "string") {
                const err18 = { instancePath: instancePath + "/reasons/" + i0 + "/rule", schemaPath: "#/properties/reasons/items/properties/rule/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema55.properties.reasons.items.properties.rule.type, parentSchema: schema55.properties.reasons.items.properties.rule, data: data8 };
                if (vErrors === null) {
                  vErrors = [err18];
                } else {
                  vErrors.push(err18);
                }
                errors++;
              }
            }
            if (data7.tier !== void 0) {
              let data9 = data7.tier;
              if (typeof data9 !== "string") {
                const err19 = { instancePath: instancePath + "/reasons/" + i0 + "/tier", schemaPath: "#/properties/reasons/items/properties/tier/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema55.properties.reasons.items.properties.tier.type, parentSchema: schema55.properties.reasons.items.properties.tier, data: data9 };
                if (vErrors === null) {
                  vErrors = [err19];
                } else {
                  vErrors.push(err19);
                }
                errors++;
              }
            }
            if (data7.because !== void 0) {
              let data10 = data7.because;
              if (typeof data10 !== "string") {
                const err20 = { instancePath: instancePath + "/reasons/" + i0 + "/because", schemaPath: "#/properties/reasons/items/properties/because/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema55.properties.reasons.items.properties.because.type, parentSchema: schema55.properties.reasons.items.properties.because, data: data10 };
                if (vErrors === null) {
                  vErrors = [err20];
                } else {
                  vErrors.push(err20);
                }
                errors++;
              }
            }
          } else {
            const err21 = { instancePath: instancePath + "/reasons/" + i0, schemaPath: "#/properties/reasons/items/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema55.properties.reasons.items.type, parentSchema: schema55.properties.reasons.items, data: data7 };
            if (vErrors === null) {
              vErrors = [err21];
            } else {
              vErrors.push(err21);
            }
            errors++;
          }
        }
      } else {
        const err22 = { instancePath: instancePath + "/reasons", schemaPath: "#/properties/reasons/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema55.properties.reasons.type, parentSchema: schema55.properties.reasons, data: data6 };
        if (vErrors === null) {
          vErrors = [err22];
        } else {
          vErrors.push(err22);
        }
        errors++;
      }
    }
    if (data.subject !== void 0) {
      if (!validate268(data.subject, { instancePath: instancePath + "/subject", parentData: data, parentDataProperty: "subject", rootData })) {
        vErrors = vErrors === null ? validate268.errors : vErrors.concat(validate268.errors);
        errors = vErrors.length;
      }
    }
    if (data.grant !== void 0) {
      if (!validate203(data.grant, { instancePath: instancePath + "/grant", parentData: data, parentDataProperty: "grant", rootData })) {
        vErrors = vErrors === null ? validate203.errors : vErrors.concat(validate203.errors);
        errors = vErrors.length;
      }
    }
    if (data.needs !== void 0) {
      let data13 = data.needs;
      if (data13 && typeof data13 == "object" && !Array.isArray(data13)) {
        if (data13.approvals === void 0) {
          const err23 = { instancePath: instancePath + "/needs", schemaPath: "#/properties/needs/required", keyword: "required", params: { missingProperty: "approvals" }, message: "must have required property 'approvals'", schema: schema55.properties.needs.required, parentSchema: schema55.properties.needs, data: data13 };
          if (vErrors === null) {
            vErrors = [err23];
          } else {
            vErrors.push(err23);
          }
          errors++;
        }
        for (const key2 in data13) {
          if (!(key2 === "approvals" || key2 === "from")) {
            const err24 = { instancePath: instancePath + "/needs", schemaPath: "#/properties/needs/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key2 }, message: "must NOT have additional properties", schema: false, parentSchema: schema55.properties.needs, data: data13 };
            if (vErrors === null) {
              vErrors = [err24];
            } else {
              vErrors.push(err24);
            }
            errors++;
          }
        }
        if (data13.approvals !== void 0) {
          let data14 = data13.approvals;
          if (!(typeof data14 == "number" && (!(data14 % 1) && !isNaN(data14)) && isFinite(data14))) {
            const err25 = { instancePath: instancePath + "/needs/approvals", schemaPath: "#/properties/needs/properties/approvals/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema55.properties.needs.properties.approvals.type, parentSchema: schema55.properties.needs.properties.approvals, data: data14 };
            if (vErrors === null) {
              vErrors = [err25];
            } else {
              vErrors.push(err25);
            }
            errors++;
          }
          if (typeof data14 == "number" && isFinite(data14)) {
            if (data14 < 1 || isNaN(data14)) {
              const err26 = { instancePath: instancePath + "/needs/approvals", schemaPath: "#/properties/needs/properties/approvals/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1", schema: 1, parentSchema: schema55.properties.needs.properties.approvals, data: data14 };
              if (vErrors === null) {
                vErrors = [err26];
              } else {
                vErrors.push(err26);
              }
              errors++;
            }
          }
        }
        if (data13.from !== void 0) {
          let data15 = data13.from;
          if (Array.isArray(data15)) {
            const len1 = data15.length;
            for (let i1 = 0; i1 < len1; i1++) {
              let data16 = data15[i1];
              if (typeof data16 !== "string") {
                const err27 = { instancePath: instancePath + "/needs/from/" + i1, schemaPath: "#/properties/needs/properties/from/items/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema55.properties.needs.properties.from.items.type, parentSchema: schema55.properties.needs.properties.from.items, data: data16 };
                if (vErrors === null) {
                  vErrors = [err27];
                } else {
                  vErrors.push(err27);
                }
                errors++;
              }
            }
          } else {
            const err28 = { instancePath: instancePath + "/needs/from", schemaPath: "#/properties/needs/properties/from/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema55.properties.needs.properties.from.type, parentSchema: schema55.properties.needs.properties.from, data: data15 };
            if (vErrors === null) {
              vErrors = [err28];
            } else {
              vErrors.push(err28);
            }
            errors++;
          }
        }
      } else {
        const err29 = { instancePath: instancePath + "/needs", schemaPath: "#/properties/needs/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema55.properties.needs.type, parentSchema: schema55.properties.needs, data: data13 };
        if (vErrors === null) {
          vErrors = [err29];
        } else {
          vErrors.push(err29);
        }
        errors++;
      }
    }
    if (data.asks !== void 0) {
      let data17 = data.asks;
      if (data17 && typeof data17 == "object" && !Array.isArray(data17)) {
        if (data17.what === void 0) {
          const err30 = { instancePath: instancePath + "/asks", schemaPath: "#/properties/asks/required", keyword: "required", params: { missingProperty: "what" }, message: "must have required property 'what'", schema: schema55.properties.asks.required, parentSchema: schema55.properties.asks, data: data17 };
          if (vErrors === null) {
            vErrors = [err30];
          } else {
            vErrors.push(err30);
          }
          errors++;
        }
        if (data17.why === void 0) {
          const err31 = { instancePath: instancePath + "/asks", schemaPath: "#/properties/asks/required", keyword: "required", params: { missingProperty: "why" }, message: "must have required property 'why'", schema: schema55.properties.asks.required, parentSchema: schema55.properties.asks, data: data17 };
          if (vErrors === null) {
            vErrors = [err31];
          } else {
            vErrors.push(err31);
          }
          errors++;
        }
        if (data17.then === void 0) {
          const err32 = { instancePath: instancePath + "/asks", schemaPath: "#/properties/asks/required", keyword: "required", params: { missingProperty: "then" }, message: "must have required property 'then'", schema: schema55.properties.asks.required, parentSchema: schema55.properties.asks, data: data17 };
          if (vErrors === null) {
            vErrors = [err32];
          } else {
            vErrors.push(err32);
          }
          errors++;
        }
        if (data17.rollback === void 0) {
          const err33 = { instancePath: instancePath + "/asks", schemaPath: "#/properties/asks/required", keyword: "required", params: { missingProperty: "rollback" }, message: "must have required property 'rollback'", schema: schema55.properties.asks.required, parentSchema: schema55.properties.asks, data: data17 };
          if (vErrors === null) {
            vErrors = [err33];
          } else {
            vErrors.push(err33);
          }
          errors++;
        }
        for (const key3 in data17) {
          if (!(key3 === "what" || key3 === "why" || key3 === "plan" || key3 === "scope" || key3 === "changes" || key3 === "risks" || key3 === "then" || key3 === "rollback")) {
            const err34 = { instancePath: instancePath + "/asks", schemaPath: "#/properties/asks/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key3 }, message: "must NOT have additional properties", schema: false, parentSchema: schema55.properties.asks, data: data17 };
            if (vErrors === null) {
              vErrors = [err34];
            } else {
              vErrors.push(err34);
            }
            errors++;
          }
        }
        if (data17.what !== void 0) {
          let data18 = data17.what;
          if (typeof data18 !== "string") {
            const err35 = { instancePath: instancePath + "/asks/what", schemaPath: "#/properties/asks/properties/what/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema55.properties.asks.properties.what.type, parentSchema: schema55.properties.asks.properties.what, data: data18 };
            if (vErrors === null) {
              vErrors = [err35];
            } else {
              vErrors.push(err35);
            }
            errors++;
          }
        }
        if (data17.why !== void 0) {
          let data19 = data17.why;
          if (typeof data19 !== "string") {
            const err36 = { instancePath: instancePath + "/asks/why", schemaPath: "#/properties/asks/properties/why/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema55.properties.asks.properties.why.type, parentSchema: schema55.properties.asks.properties.why, data: data19 };
            if (vErrors === null) {
              vErrors = [err36];
            } else {
              vErrors.push(err36);
            }
            errors++;
          }
        }
        if (data17.plan !== void 0) {
          let data20 = data17.plan;
          if (Array.isArray(data20)) {
            const len2 = data20.length;
            for (let i2 = 0; i2 < len2; i2++) {
              let data21 = data20[i2];
              if (typeof data21 !== "string") {
                const err37 = { instancePath: instancePath + "/asks/plan/" + i2, schemaPath: "#/properties/asks/properties/plan/items/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema55.properties.asks.properties.plan.items.type, parentSchema: schema55.properties.asks.properties.plan.items, data: data21 };
                if (vErrors === null) {
                  vErrors = [err37];
                } else {
                  vErrors.push(err37);
                }
                errors++;
              }
            }
          } else {
            const err38 = { instancePath: instancePath + "/asks/plan", schemaPath: "#/properties/asks/properties/plan/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema55.properties.asks.properties.plan.type, parentSchema: schema55.properties.asks.properties.plan, data: data20 };
            if (vErrors === null) {
              vErrors = [err38];
            } else {
              vErrors.push(err38);
            }
            errors++;
          }
        }
        if (data17.scope !== void 0) {
          let data22 = data17.scope;
          if (Array.isArray(data22)) {
            const len3 = data22.length;
            for (let i3 = 0; i3 < len3; i3++) {
              let data23 = data22[i3];
              if (typeof data23 !== "string") {
                const err39 = { instancePath: instancePath + "/asks/scope/" + i3, schemaPath: "#/properties/asks/properties/scope/items/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema55.properties.asks.properties.scope.items.type, parentSchema: schema55.properties.asks.properties.scope.items, data: data23 };
                if (vErrors === null) {
                  vErrors = [err39];
                } else {
                  vErrors.push(err39);
                }
                errors++;
              }
            }
          } else {
            const err40 = { instancePath: instancePath + "/asks/scope", schemaPath: "#/properties/asks/properties/scope/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema55.properties.asks.properties.scope.type, parentSchema: schema55.properties.asks.properties.scope, data: data22 };
            if (vErrors === null) {
              vErrors = [err40];
            } else {
              vErrors.push(err40);
            }
            errors++;
          }
        }
        if (data17.changes !== void 0) {
          let data24 = data17.changes;
          if (Array.isArray(data24)) {
            const len4 = data24.length;
            for (let i4 = 0; i4 < len4; i4++) {
              let data25 = data24[i4];
              if (typeof data25 !== "string") {
                const err41 = { instancePath: instancePath + "/asks/changes/" + i4, schemaPath: "#/properties/asks/properties/changes/items/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema55.properties.asks.properties.changes.items.type, parentSchema: schema55.properties.asks.properties.changes.items, data: data25 };
                if (vErrors === null) {
                  vErrors = [err41];
                } else {
                  vErrors.push(err41);
                }
                errors++;
              }
            }
          } else {
            const err42 = { instancePath: instancePath + "/asks/changes", schemaPath: "#/properties/asks/properties/changes/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema55.properties.asks.properties.changes.type, parentSchema: schema55.properties.asks.properties.changes, data: data24 };
            if (vErrors === null) {
              vErrors = [err42];
            } else {
              vErrors.push(err42);
            }
            errors++;
          }
        }
        if (data17.risks !== void 0) {
          let data26 = data17.risks;
          if (Array.isArray(data26)) {
            const len5 = data26.length;
            for (let i5 = 0; i5 < len5; i5++) {
              let data27 = data26[i5];
              if (typeof data27 !== "string") {
                const err43 = { instancePath: instancePath + "/asks/risks/" + i5, schemaPath: "#/properties/asks/properties/risks/items/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema55.properties.asks.properties.risks.items.type, parentSchema: schema55.properties.asks.properties.risks.items, data: data27 };
                if (vErrors === null) {
                  vErrors = [err43];
                } else {
                  vErrors.push(err43);
                }
                errors++;
              }
            }
          } else {
            const err44 = { instancePath: instancePath + "/asks/risks", schemaPath: "#/properties/asks/properties/risks/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema55.properties.asks.properties.risks.type, parentSchema: schema55.properties.asks.properties.risks, data: data26 };
            if (vErrors === null) {
              vErrors = [err44];
            } else {
              vErrors.push(err44);
            }
            errors++;
          }
        }
        if (data17.then !== void 0) {
          let data28 = data17.then;
          if (typeof data28 !== "string") {
            const err45 = { instancePath: instancePath + "/asks/then", schemaPath: "#/properties/asks/properties/then/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema55.properties.asks.properties.then.type, parentSchema: schema55.properties.asks.properties.then, data: data28 };
            if (vErrors === null) {
              vErrors = [err45];
            } else {
              vErrors.push(err45);
            }
            errors++;
          }
        }
        if (data17.rollback !== void 0) {
          let data29 = data17.rollback;
          if (typeof data29 !== "string") {
            const err46 = { instancePath: instancePath + "/asks/rollback", schemaPath: "#/properties/asks/properties/rollback/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema55.properties.asks.properties.rollback.type, parentSchema: schema55.properties.asks.properties.rollback, data: data29 };
            if (vErrors === null) {
              vErrors = [err46];
            } else {
              vErrors.push(err46);
            }
            errors++;
          }
        }
      } else {
        const err47 = { instancePath: instancePath + "/asks", schemaPath: "#/properties/asks/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema55.properties.asks.type, parentSchema: schema55.properties.asks, data: data17 };
        if (vErrors === null) {
          vErrors = [err47];
        } else {
          vErrors.push(err47);
        }
        errors++;
      }
    }
    if (data.at !== void 0) {
      if (!validate191(data.at, { instancePath: instancePath + "/at", parentData: data, parentDataProperty: "at", rootData })) {
        vErrors = vErrors === null ? validate191.errors : vErrors.concat(validate191.errors);
        errors = vErrors.length;
      }
    }
    if (data.expires !== void 0) {
      if (!validate191(data.expires, { instancePath: instancePath + "/expires", parentData: data, parentDataProperty: "expires", rootData })) {
        vErrors = vErrors === null ? validate191.errors : vErrors.concat(validate191.errors);
        errors = vErrors.length;
      }
    }
    if (data.answers !== void 0) {
      let data32 = data.answers;
      if (Array.isArray(data32)) {
        const len6 = data32.length;
        for (let i6 = 0; i6 < len6; i6++) {
          let data33 = data32[i6];
          if (typeof data33 !== "string") {
            const err48 = { instancePath: instancePath + "/answers/" + i6, schemaPath: "#/properties/answers/items/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema55.properties.answers.items.type, parentSchema: schema55.properties.answers.items, data: data33 };
            if (vErrors === null) {
              vErrors = [err48];
            } else {
              vErrors.push(err48);
            }
            errors++;
          }
        }
      } else {
        const err49 = { instancePath: instancePath + "/answers", schemaPath: "#/properties/answers/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema55.properties.answers.type, parentSchema: schema55.properties.answers, data: data32 };
        if (vErrors === null) {
          vErrors = [err49];
        } else {
          vErrors.push(err49);
        }
        errors++;
      }
    }
    if (data.answer !== void 0) {
      let data34 = data.answer;
      if (typeof data34 === "string") {
        if (func3(data34) > 2e4) {
          const err50 = { instancePath: instancePath + "/answer", schemaPath: "#/properties/answer/maxLength", keyword: "maxLength", params: { limit: 2e4 }, message: "must NOT have more than 20000 characters", schema: 2e4, parentSchema: schema55.properties.answer, data: data34 };
          if (vErrors === null) {
            vErrors = [err50];
          } else {
            vErrors.push(err50);
          }
          errors++;
        }
        if (func3(data34) < 1) {
          const err51 = { instancePath: instancePath + "/answer", schemaPath: "#/properties/answer/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema55.properties.answer, data: data34 };
          if (vErrors === null) {
            vErrors = [err51];
          } else {
            vErrors.push(err51);
          }
          errors++;
        }
      } else {
        const err52 = { instancePath: instancePath + "/answer", schemaPath: "#/properties/answer/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema55.properties.answer.type, parentSchema: schema55.properties.answer, data: data34 };
        if (vErrors === null) {
          vErrors = [err52];
        } else {
          vErrors.push(err52);
        }
        errors++;
      }
    }
    if (data.approvals !== void 0) {
      let data35 = data.approvals;
      if (Array.isArray(data35)) {
        const len7 = data35.length;
        for (let i7 = 0; i7 < len7; i7++) {
          if (!validate273(data35[i7], { instancePath: instancePath + "/approvals/" + i7, parentData: data35, parentDataProperty: i7, rootData })) {
            vErrors = vErrors === null ? validate273.errors : vErrors.concat(validate273.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err53 = { instancePath: instancePath + "/approvals", schemaPath: "#/properties/approvals/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema55.properties.approvals.type, parentSchema: schema55.properties.approvals, data: data35 };
        if (vErrors === null) {
          vErrors = [err53];
        } else {
          vErrors.push(err53);
        }
        errors++;
      }
    }
    if (data.refused !== void 0) {
      let data37 = data.refused;
      if (Array.isArray(data37)) {
        const len8 = data37.length;
        for (let i8 = 0; i8 < len8; i8++) {
          let data38 = data37[i8];
          if (data38 && typeof data38 == "object" && !Array.isArray(data38)) {
            if (data38.commit === void 0) {
              const err54 = { instancePath: instancePath + "/refused/" + i8, schemaPath: "#/properties/refused/items/required", keyword: "required", params: { missingProperty: "commit" }, message: "must have required property 'commit'", schema: schema55.properties.refused.items.required, parentSchema: schema55.properties.refused.items, data: data38 };
              if (vErrors === null) {
                vErrors = [err54];
              } else {
                vErrors.push(err54);
              }
              errors++;
            }
            if (data38.at === void 0) {
              const err55 = { instancePath: instancePath + "/refused/" + i8, schemaPath: "#/properties/refused/items/required", keyword: "required", params: { missingProperty: "at" }, message: "must have required property 'at'", schema: schema55.properties.refused.items.required, parentSchema: schema55.properties.refused.items, data: data38 };
              if (vErrors === null) {
                vErrors = [err55];
              } else {
                vErrors.push(err55);
              }
              errors++;
            }
            if (data38.why === void 0) {
              const err56 = { instancePath: instancePath + "/refused/" + i8, schemaPath: "#/properties/refused/items/required", keyword: "required", params: { missingProperty: "why" }, message: "must have required property 'why'", schema: schema55.properties.refused.items.required, parentSchema: schema55.properties.refused.items, data: data38 };
              if (vErrors === null) {
                vErrors = [err56];
              } else {
                vErrors.push(err56);
              }
              errors++;
            }
            for (const key4 in data38) {
              if (!(key4 === "commit" || key4 === "at" || key4 === "why")) {
                const err57 = { instancePath: instancePath + "/refused/" + i8, schemaPath: "#/properties/refused/items/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key4 }, message: "must NOT have additional properties", schema: false, parentSchema: schema55.properties.refused.items, data: data38 };
                if (vErrors === null) {
                  vErrors = [err57];
                } else {
                  vErrors.push(err57);
                }
                errors++;
              }
            }
            if (data38.commit !== void 0) {
              let data39 = data38.commit;
              if (typeof data39 !== "string") {
                const err58 = { instancePath: instancePath + "/refused/" + i8 + "/commit", schemaPath: "#/properties/refused/items/properties/commit/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema55.properties.refused.items.properties.commit.type, parentSchema: schema55.properties.refused.items.properties.commit, data: data39 };
                if (vErrors === null) {
                  vErrors = [err58];
                } else {
                  vErrors.push(err58);
                }
                errors++;
              }
            }
            if (data38.at !== void 0) {
              if (!validate191(data38.at, { instancePath: instancePath + "/refused/" + i8 + "/at", parentData: data38, parentDataProperty: "at", rootData })) {
                vErrors = vErrors === null ? validate191.errors : vErrors.concat(validate191.errors);
                errors = vErrors.length;
              }
            }
            if (data38.why !== void 0) {
              let data41 = data38.why;
              if (typeof data41 !== "string") {
                const err59 = { instancePath: instancePath + "/refused/" + i8 + "/why", schemaPath: "#/properties/refused/items/properties/why/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema55.properties.refused.items.properties.why.type, parentSchema: schema55.properties.refused.items.properties.why, data: data41 };
                if (vErrors === null) {
                  vErrors = [err59];
                } else {
                  vErrors.push(err59);
                }
                errors++;
              }
            }
          } else {
            const err60 = { instancePath: instancePath + "/refused/" + i8, schemaPath: "#/properties/refused/items/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema55.properties.refused.items.type, parentSchema: schema55.properties.refused.items, data: data38 };
            if (vErrors === null) {
              vErrors = [err60];
            } else {
              vErrors.push(err60);
            }
            errors++;
          }
        }
      } else {
        const err61 = { instancePath: instancePath + "/refused", schemaPath: "#/properties/refused/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema55.properties.refused.type, parentSchema: schema55.properties.refused, data: data37 };
        if (vErrors === null) {
          vErrors = [err61];
        } else {
          vErrors.push(err61);
        }
        errors++;
      }
    }
    if (data.end !== void 0) {
      let data42 = data.end;
      if (data42 && typeof data42 == "object" && !Array.isArray(data42)) {
        if (data42.at === void 0) {
          const err62 = { instancePath: instancePath + "/end", schemaPath: "#/properties/end/required", keyword: "required", params: { missingProperty: "at" }, message: "must have required property 'at'", schema: schema55.properties.end.required, parentSchema: schema55.properties.end, data: data42 };
          if (vErrors === null) {
            vErrors = [err62];
          } else {
            vErrors.push(err62);
          }
          errors++;
        }
        if (data42.outcome === void 0) {
          const err63 = { instancePath: instancePath + "/end", schemaPath: "#/properties/end/required", keyword: "required", params: { missingProperty: "outcome" }, message: "must have required property 'outcome'", schema: schema55.properties.end.required, parentSchema: schema55.properties.end, data: data42 };
          if (vErrors === null) {
            vErrors = [err63];
          } else {
            vErrors.push(err63);
          }
          errors++;
        }
        for (const key5 in data42) {
          if (!(key5 === "at" || key5 === "outcome" || key5 === "by" || key5 === "reason")) {
            const err64 = { instancePath: instancePath + "/end", schemaPath: "#/properties/end/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key5 }, message: "must NOT have additional properties", schema: false, parentSchema: schema55.properties.end, data: data42 };
            if (vErrors === null) {
              vErrors = [err64];
            } else {
              vErrors.push(err64);
            }
            errors++;
          }
        }
        if (data42.at !== void 0) {
          if (!validate191(data42.at, { instancePath: instancePath + "/end/at", parentData: data42, parentDataProperty: "at", rootData })) {
            vErrors = vErrors === null ? validate191.errors : vErrors.concat(validate191.errors);
            errors = vErrors.length;
          }
        }
        if (data42.outcome !== void 0) {
          let data44 = data42.outcome;
          if (typeof data44 !== "string") {
            const err65 = { instancePath: instancePath + "/end/outcome", schemaPath: "#/properties/end/properties/outcome/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema55.properties.end.properties.outcome.type, parentSchema: schema55.properties.end.properties.outcome, data: data44 };
            if (vErrors === null) {
              vErrors = [err65];
            } else {
              vErrors.push(err65);
            }
            errors++;
          }
          if (!(data44 === "intended" || data44 === "done" || data44 === "unknown" || data44 === "rejected" || data44 === "expired" || data44 === "void")) {
            const err66 = { instancePath: instancePath + "/end/outcome", schemaPath: "#/properties/end/properties/outcome/enum", keyword: "enum", params: { allowedValues: schema55.properties.end.properties.outcome.enum }, message: "must be equal to one of the allowed values", schema: schema55.properties.end.properties.outcome.enum, parentSchema: schema55.properties.end.properties.outcome, data: data44 };
            if (vErrors === null) {
              vErrors = [err66];
            } else {
              vErrors.push(err66);
            }
            errors++;
          }
        }
        if (data42.by !== void 0) {
          let data45 = data42.by;
          if (typeof data45 !== "string") {
            const err67 = { instancePath: instancePath + "/end/by", schemaPath: "#/properties/end/properties/by/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema55.properties.end.properties.by.type, parentSchema: schema55.properties.end.properties.by, data: data45 };
            if (vErrors === null) {
              vErrors = [err67];
            } else {
              vErrors.push(err67);
            }
            errors++;
          }
        }
        if (data42.reason !== void 0) {
          let data46 = data42.reason;
          if (typeof data46 !== "string") {
            const err68 = { instancePath: instancePath + "/end/reason", schemaPath: "#/properties/end/properties/reason/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema55.properties.end.properties.reason.type, parentSchema: schema55.properties.end.properties.reason, data: data46 };
            if (vErrors === null) {
              vErrors = [err68];
            } else {
              vErrors.push(err68);
            }
            errors++;
          }
        }
      } else {
        const err69 = { instancePath: instancePath + "/end", schemaPath: "#/properties/end/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema55.properties.end.type, parentSchema: schema55.properties.end, data: data42 };
        if (vErrors === null) {
          vErrors = [err69];
        } else {
          vErrors.push(err69);
        }
        errors++;
      }
    }
  } else {
    const err70 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema55.type, parentSchema: schema55, data };
    if (vErrors === null) {
      vErrors = [err70];
    } else {
      vErrors.push(err70);
    }
    errors++;
  }
  validate263.errors = vErrors;
  return errors === 0;
}
const trigger = validate280;
const schema58 = { "title": "Trigger record", "description": "`ops/triggers/<trigger>.yml`: where a trigger stands. Only the runner writes it.", "type": "object", "additionalProperties": false, "required": ["id", "spec", "since", "made", "open", "failures"], "properties": { "id": { "$ref": "#/definitions/identifier" }, "spec": { "title": "Spec", "description": "SHA-256 of what `pushpals.yml` says of it: where that changes, it starts counting anew.", "type": "string", "pattern": "^[0-9a-f]{64}$" }, "since": { "$ref": "#/definitions/instant" }, "through": { "$ref": "#/definitions/instant" }, "tip": { "$ref": "#/definitions/objectId" }, "files": { "title": "Files", "description": "`files`: SHA-256 of the matching files that are settled.", "type": "string", "pattern": "^[0-9a-f]{64}$" }, "seen": { "title": "Seen", "description": "`after`, `vault` and `files`: what the ops branch held up to here is settled.", "type": "object", "additionalProperties": false, "required": ["commit", "at"], "properties": { "commit": { "$ref": "#/definitions/objectId" }, "at": { "$ref": "#/definitions/instant" } } }, "last": { "title": "Last", "description": "What it did last.", "type": "object", "additionalProperties": false, "required": ["at", "for"], "properties": { "at": { "$ref": "#/definitions/instant" }, "for": { "title": "For", "description": "What it fired for, in words.", "type": "string" }, "order": { "$ref": "#/definitions/identifier" }, "failure": { "title": "Failure", "description": "Why it could make none, or how that order failed.", "type": "string" } } }, "made": { "title": "Made", "description": "How many orders it has made since it counts.", "type": "integer", "minimum": 0 }, "open": { "title": "Open", "description": "Its orders that have not ended.", "type": "array", "items": { "$ref": "#/definitions/identifier" }, "maxItems": 100 }, "failures": { "title": "Failures", "description": "How many of its orders in a row failed or could not be made.", "type": "integer", "minimum": 0 }, "suspended": { "title": "Suspended", "description": "It does not fire until its spec changes or `pushpals trigger resume`.", "type": "object", "additionalProperties": false, "required": ["since", "why"], "properties": { "since": { "$ref": "#/definitions/instant" }, "why": { "title": "Why", "description": "In words.", "type": "string" } } } } };
const schema59 = { "title": "Object id", "description": "A git object's full id, in lower-case hex.", "type": "string", "pattern": "^([0-9a-f]{40}|[0-9a-f]{64})$" };
const pattern58 = new RegExp("^([0-9a-f]{40}|[0-9a-f]{64})$", "u");
function validate284(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (typeof data === "string") {
    if (!pattern58.test(data)) {
      const err0 = { instancePath, schemaPath: "#/pattern", keyword: "pattern", params: { pattern: "^([0-9a-f]{40}|[0-9a-f]{64})$" }, message: 'must match pattern "^([0-9a-f]{40}|[0-9a-f]{64})$"', schema: "^([0-9a-f]{40}|[0-9a-f]{64})$", parentSchema: schema59, data };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
  } else {
    const err1 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema59.type, parentSchema: schema59, data };
    if (vErrors === null) {
      vErrors = [err1];
    } else {
      vErrors.push(err1);
    }
    errors++;
  }
  validate284.errors = vErrors;
  return errors === 0;
}
const pattern57 = new RegExp("^[0-9a-f]{64}$", "u");
function validate280(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.id === void 0) {
      const err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "id" }, message: "must have required property 'id'", schema: schema58.required, parentSchema: schema58, data };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (data.spec === void 0) {
      const err1 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "spec" }, message: "must have required property 'spec'", schema: schema58.required, parentSchema: schema58, data };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    if (data.since === void 0) {
      const err2 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "since" }, message: "must have required property 'since'", schema: schema58.required, parentSchema: schema58, data };
      if (vErrors === null) {
        vErrors = [err2];
      } else {
        vErrors.push(err2);
      }
      errors++;
    }
    if (data.made === void 0) {
      const err3 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "made" }, message: "must have required property 'made'", schema: schema58.required, parentSchema: schema58, data };
      if (vErrors === null) {
        vErrors = [err3];
      } else {
        vErrors.push(err3);
      }
      errors++;
    }
    if (data.open === void 0) {
      const err4 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "open" }, message: "must have required property 'open'", schema: schema58.required, parentSchema: schema58, data };
      if (vErrors === null) {
        vErrors = [err4];
      } else {
        vErrors.push(err4);
      }
      errors++;
    }
    if (data.failures === void 0) {
      const err5 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "failures" }, message: "must have required property 'failures'", schema: schema58.required, parentSchema: schema58, data };
      if (vErrors === null) {
        vErrors = [err5];
      } else {
        vErrors.push(err5);
      }
      errors++;
    }
    for (const key0 in data) {
      if (!func2.call(schema58.properties, key0)) {
        const err6 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties", schema: false, parentSchema: schema58, data };
        if (vErrors === null) {
          vErrors = [err6];
        } else {
          vErrors.push(err6);
        }
        errors++;
      }
    }
    if (data.id !== void 0) {
      if (!validate48(data.id, { instancePath: instancePath + "/id", parentData: data, parentDataProperty: "id", rootData })) {
        vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
        errors = vErrors.length;
      }
    }
    if (data.spec !== void 0) {
      let data1 = data.spec;
      if (typeof data1 === "string") {
        if (!pattern57.test(data1)) {
          const err7 = { instancePath: instancePath + "/spec", schemaPath: "#/properties/spec/pattern", keyword: "pattern", params: { pattern: "^[0-9a-f]{64}$" }, message: 'must match pattern "^[0-9a-f]{64}$"', schema: "^[0-9a-f]{64}$", parentSchema: schema58.properties.spec, data: data1 };
          if (vErrors === null) {
            vErrors = [err7];
          } else {
            vErrors.push(err7);
          }
          errors++;
        }
      } else {
        const err8 = { instancePath: instancePath + "/spec", schemaPath: "#/properties/spec/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema58.properties.spec.type, parentSchema: schema58.properties.spec, data: data1 };
        if (vErrors === null) {
          vErrors = [err8];
        } else {
          vErrors.push(err8);
        }
        errors++;
      }
    }
    if (data.since !== void 0) {
      if (!validate191(data.since, { instancePath: instancePath + "/since", parentData: data, parentDataProperty: "since", rootData })) {
        vErrors = vErrors === null ? validate191.errors : vErrors.concat(validate191.errors);
        errors = vErrors.length;
      }
    }
    if (data.through !== void 0) {
      if (!validate191(data.through, { instancePath: instancePath + "/through", parentData: data, parentDataProperty: "through", rootData })) {
        vErrors = vErrors === null ? validate191.errors : vErrors.concat(validate191.errors);
        errors = vErrors.length;
      }
    }
    if (data.tip !== void 0) {
      if (!validate284(data.tip, { instancePath: instancePath + "/tip", parentData: data, parentDataProperty: "tip", rootData })) {
        vErrors = vErrors === null ? validate284.errors : vErrors.concat(validate284.errors);
        errors = vErrors.length;
      }
    }
    if (data.files !== void 0) {
      let data5 = data.files;
      if (typeof data5 === "string") {
        if (!pattern57.test(data5)) {
          const err9 = { instancePath: instancePath + "/files", schemaPath: "#/properties/files/pattern", keyword: "pattern", params: { pattern: "^[0-9a-f]{64}$" }, message: 'must match pattern "^[0-9a-f]{64}$"', schema: "^[0-9a-f]{64}$", parentSchema: schema58.properties.files, data: data5 };
          if (vErrors === null) {
            vErrors = [err9];
          } else {
            vErrors.push(err9);
          }
          errors++;
        }
      } else {
        const err10 = { instancePath: instancePath + "/files", schemaPath: "#/properties/files/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema58.properties.files.type, parentSchema: schema58.properties.files, data: data5 };
        if (vErrors === null) {
          vErrors = [err10];
        } else {
          vErrors.push(err10);
        }
        errors++;
      }
    }
    if (data.seen !== void 0) {
      let data6 = data.seen;
      if (data6 && typeof data6 == "object" && !Array.isArray(data6)) {
        if (data6.commit === void 0) {
          const err11 = { instancePath: instancePath + "/seen", schemaPath: "#/properties/seen/required", keyword: "required", params: { missingProperty: "commit" }, message: "must have required property 'commit'", schema: schema58.properties.seen.required, parentSchema: schema58.properties.seen, data: data6 };
          if (vErrors === null) {
            vErrors = [err11];
          } else {
            vErrors.push(err11);
          }
          errors++;
        }
        if (data6.at === void 0) {
          const err12 = { instancePath: instancePath + "/seen", schemaPath: "#/properties/seen/required", keyword: "required", params: { missingProperty: "at" }, message: "must have required property 'at'", schema: schema58.properties.seen.required, parentSchema: schema58.properties.seen, data: data6 };
          if (vErrors === null) {
            vErrors = [err12];
          } else {
            vErrors.push(err12);
          }
          errors++;
        }
        for (const key1 in data6) {
          if (!(key1 === "commit" || key1 === "at")) {
            const err13 = { instancePath: instancePath + "/seen", schemaPath: "#/properties/seen/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key1 }, message: "must NOT have additional properties", schema: false, parentSchema: schema58.properties.seen, data: data6 };
            if (vErrors === null) {
              vErrors = [err13];
            } else {
              vErrors.push(err13);
            }
            errors++;
          }
        }
        if (data6.commit !== void 0) {
          if (!validate284(data6.commit, { instancePath: instancePath + "/seen/commit", parentData: data6, parentDataProperty: "commit", rootData })) {
            vErrors = vErrors === null ? validate284.errors : vErrors.concat(validate284.errors);
            errors = vErrors.length;
          }
        }
        if (data6.at !== void 0) {
          if (!validate191(data6.at, { instancePath: instancePath + "/seen/at", parentData: data6, parentDataProperty: "at", rootData })) {
            vErrors = vErrors === null ? validate191.errors : vErrors.concat(validate191.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err14 = { instancePath: instancePath + "/seen", schemaPath: "#/properties/seen/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema58.properties.seen.type, parentSchema: schema58.properties.seen, data: data6 };
        if (vErrors === null) {
          vErrors = [err14];
        } else {
          vErrors.push(err14);
        }
        errors++;
      }
    }
    if (data.last !== void 0) {
      let data9 = data.last;
      if (data9 && typeof data9 == "object" && !Array.isArray(data9)) {
        if (data9.at === void 0) {
          const err15 = { instancePath: instancePath + "/last", schemaPath: "#/properties/last/required", keyword: "required", params: { missingProperty: "at" }, message: "must have required property 'at'", schema: schema58.properties.last.required, parentSchema: schema58.properties.last, data: data9 };
          if (vErrors === null) {
            vErrors = [err15];
          } else {
            vErrors.push(err15);
          }
          errors++;
        }
        if (data9.for === void 0) {
          const err16 = { instancePath: instancePath + "/last", schemaPath: "#/properties/last/required", keyword: "required", params: { missingProperty: "for" }, message: "must have required property 'for'", schema: schema58.properties.last.required, parentSchema: schema58.properties.last, data: data9 };
          if (vErrors === null) {
            vErrors = [err16];
          } else {
            vErrors.push(err16);
          }
          errors++;
        }
        for (const key2 in data9) {
          if (!(key2 === "at" || key2 === "for" || key2 === "order" || key2 === "failure")) {
            const err17 = { instancePath: instancePath + "/last", schemaPath: "#/properties/last/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key2 }, message: "must NOT have additional properties", schema: false, parentSchema: schema58.properties.last, data: data9 };
            if (vErrors === null) {
              vErrors = [err17];
            } else {
              vErrors.push(err17);
            }
            errors++;
          }
        }
        if (data9.at !== void 0) {
          if (!validate191(data9.at, { instancePath: instancePath + "/last/at", parentData: data9, parentDataProperty: "at", rootData })) {
            vErrors = vErrors === null ? validate191.errors : vErrors.concat(validate191.errors);
            errors = vErrors.length;
          }
        }
        if (data9.for !== void 0) {
          let data11 = data9.for;
          if (typeof data11 !== "string") {
            const err18 = { instancePath: instancePath + "/last/for", schemaPath: "#/properties/last/properties/for/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema58.properties.last.properties.for.type, parentSchema: schema58.properties.last.properties.for, data: data11 };
            if (vErrors === null) {
              vErrors = [err18];
            } else {
              vErrors.push(err18);
            }
            errors++;
          }
        }
        if (data9.order !== void 0) {
          if (!validate48(data9.order, { instancePath: instancePath + "/last/order", parentData: data9, parentDataProperty: "order", rootData })) {
            vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
            errors = vErrors.length;
          }
        }
        if (data9.failure !== void 0) {
          let data13 = data9.failure;
          if (typeof data13 !== "string") {
            const err19 = { instancePath: instancePath + "/last/failure", schemaPath: "#/properties/last/properties/failure/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema58.properties.last.properties.failure.type, parentSchema: schema58.properties.last.properties.failure, data: data13 };
            if (vErrors === null) {
              vErrors = [err19];
            } else {
              vErrors.push(err19);
            }
            errors++;
          }
        }
      } else {
        const err20 = { instancePath: instancePath + "/last", schemaPath: "#/properties/last/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema58.properties.last.type, parentSchema: schema58.properties.last, data: data9 };
        if (vErrors === null) {
          vErrors = [err20];
        } else {
          vErrors.push(err20);
        }
        errors++;
      }
    }
    if (data.made !== void 0) {
      let data14 = data.made;
      if (!(typeof data14 == "number" && (!(data14 % 1) && !isNaN(data14)) && isFinite(data14))) {
        const err21 = { instancePath: instancePath + "/made", schemaPath: "#/properties/made/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema58.properties.made.type, parentSchema: schema58.properties.made, data: data14 };
        if (vErrors === null) {
          vErrors = [err21];
        } else {
          vErrors.push(err21);
        }
        errors++;
      }
      if (typeof data14 == "number" && isFinite(data14)) {
        if (data14 < 0 || isNaN(data14)) {
          const err22 = { instancePath: instancePath + "/made", schemaPath: "#/properties/made/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0", schema: 0, parentSchema: schema58.properties.made, data: data14 };
          if (vErrors === null) {
            vErrors = [err22];
          } else {
            vErrors.push(err22);
          }
          errors++;
        }
      }
    }
    if (data.open !== void 0) {
      let data15 = data.open;
      if (Array.isArray(data15)) {
        if (data15.length > 100) {
          const err23 = { instancePath: instancePath + "/open", schemaPath: "#/properties/open/maxItems", keyword: "maxItems", params: { limit: 100 }, message: "must NOT have more than 100 items", schema: 100, parentSchema: schema58.properties.open, data: data15 };
          if (vErrors === null) {
            vErrors = [err23];
          } else {
            vErrors.push(err23);
          }
          errors++;
        }
        const len0 = data15.length;
        for (let i0 = 0; i0 < len0; i0++) {
          if (!validate48(data15[i0], { instancePath: instancePath + "/open/" + i0, parentData: data15, parentDataProperty: i0, rootData })) {
            vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err24 = { instancePath: instancePath + "/open", schemaPath: "#/properties/open/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema58.properties.open.type, parentSchema: schema58.properties.open, data: data15 };
        if (vErrors === null) {
          vErrors = [err24];
        } else {
          vErrors.push(err24);
        }
        errors++;
      }
    }
    if (data.failures !== void 0) {
      let data17 = data.failures;
      if (!(typeof data17 == "number" && (!(data17 % 1) && !isNaN(data17)) && isFinite(data17))) {
        const err25 = { instancePath: instancePath + "/failures", schemaPath: "#/properties/failures/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema58.properties.failures.type, parentSchema: schema58.properties.failures, data: data17 };
        if (vErrors === null) {
          vErrors = [err25];
        } else {
          vErrors.push(err25);
        }
        errors++;
      }
      if (typeof data17 == "number" && isFinite(data17)) {
        if (data17 < 0 || isNaN(data17)) {
          const err26 = { instancePath: instancePath + "/failures", schemaPath: "#/properties/failures/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0", schema: 0, parentSchema: schema58.properties.failures, data: data17 };
          if (vErrors === null) {
            vErrors = [err26];
          } else {
            vErrors.push(err26);
          }
          errors++;
        }
      }
    }
    if (data.suspended !== void 0) {
      let data18 = data.suspended;
      if (data18 && typeof data18 == "object" && !Array.isArray(data18)) {
        if (data18.since === void 0) {
          const err27 = { instancePath: instancePath + "/suspended", schemaPath: "#/properties/suspended/required", keyword: "required", params: { missingProperty: "since" }, message: "must have required property 'since'", schema: schema58.properties.suspended.required, parentSchema: schema58.properties.suspended, data: data18 };
          if (vErrors === null) {
            vErrors = [err27];
          } else {
            vErrors.push(err27);
          }
          errors++;
        }
        if (data18.why === void 0) {
          const err28 = { instancePath: instancePath + "/suspended", schemaPath: "#/properties/suspended/required", keyword: "required", params: { missingProperty: "why" }, message: "must have required property 'why'", schema: schema58.properties.suspended.required, parentSchema: schema58.properties.suspended, data: data18 };
          if (vErrors === null) {
            vErrors = [err28];
          } else {
            vErrors.push(err28);
          }
          errors++;
        }
        for (const key3 in data18) {
          if (!(key3 === "since" || key3 === "why")) {
            const err29 = { instancePath: instancePath + "/suspended", schemaPath: "#/properties/suspended/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key3 }, message: "must NOT have additional properties", schema: false, parentSchema: schema58.properties.suspended, data: data18 };
            if (vErrors === null) {
              vErrors = [err29];
            } else {
              vErrors.push(err29);
            }
            errors++;
          }
        }
        if (data18.since !== void 0) {
          if (!validate191(data18.since, { instancePath: instancePath + "/suspended/since", parentData: data18, parentDataProperty: "since", rootData })) {
            vErrors = vErrors === null ? validate191.errors : vErrors.concat(validate191.errors);
            errors = vErrors.length;
          }
        }
        if (data18.why !== void 0) {
          let data20 = data18.why;
          if (typeof data20 !== "string") {
            const err30 = { instancePath: instancePath + "/suspended/why", schemaPath: "#/properties/suspended/properties/why/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema58.properties.suspended.properties.why.type, parentSchema: schema58.properties.suspended.properties.why, data: data20 };
            if (vErrors === null) {
              vErrors = [err30];
            } else {
              vErrors.push(err30);
            }
            errors++;
          }
        }
      } else {
        const err31 = { instancePath: instancePath + "/suspended", schemaPath: "#/properties/suspended/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema58.properties.suspended.type, parentSchema: schema58.properties.suspended, data: data18 };
        if (vErrors === null) {
          vErrors = [err31];
        } else {
          vErrors.push(err31);
        }
        errors++;
      }
    }
  } else {
    const err32 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema58.type, parentSchema: schema58, data };
    if (vErrors === null) {
      vErrors = [err32];
    } else {
      vErrors.push(err32);
    }
    errors++;
  }
  validate280.errors = vErrors;
  return errors === 0;
}
const lesson = validate292;
const schema60 = { "title": "Lesson", "description": "The front matter of `ops/knowledge/*.md`: where a lesson comes from. Below it stands the lesson, as Markdown.", "type": "object", "additionalProperties": false, "required": ["lesson", "title"], "properties": { "lesson": { "$ref": "#/definitions/identifier" }, "title": { "title": "Title", "description": "In a sentence.", "type": "string", "minLength": 1, "maxLength": 120 }, "paths": { "title": "Paths", "description": "Globs of the files that it is about; without them it is about everything.", "type": "array", "maxItems": 20, "items": { "$ref": "#/definitions/glob" } }, "at": { "$ref": "#/definitions/instant" }, "order": { "$ref": "#/definitions/identifier" }, "run": { "title": "Run", "description": "That run.", "type": "string", "maxLength": 100 }, "by": { "$ref": "#/definitions/identifier" }, "digest": { "title": "Digest", "description": "SHA-256 of title and text as the agent proposed them.", "type": "string", "pattern": "^sha256:[0-9a-f]{64}$" } } };
function validate292(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.lesson === void 0) {
      const err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "lesson" }, message: "must have required property 'lesson'", schema: schema60.required, parentSchema: schema60, data };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (data.title === void 0) {
      const err1 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "title" }, message: "must have required property 'title'", schema: schema60.required, parentSchema: schema60, data };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    for (const key0 in data) {
      if (!(key0 === "lesson" || key0 === "title" || key0 === "paths" || key0 === "at" || key0 === "order" || key0 === "run" || key0 === "by" || key0 === "digest")) {
        const err2 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties", schema: false, parentSchema: schema60, data };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
    }
    if (data.lesson !== void 0) {
      if (!validate48(data.lesson, { instancePath: instancePath + "/lesson", parentData: data, parentDataProperty: "lesson", rootData })) {
        vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
        errors = vErrors.length;
      }
    }
    if (data.title !== void 0) {
      let data1 = data.title;
      if (typeof data1 === "string") {
        if (func3(data1) > 120) {
          const err3 = { instancePath: instancePath + "/title", schemaPath: "#/properties/title/maxLength", keyword: "maxLength", params: { limit: 120 }, message: "must NOT have more than 120 characters", schema: 120, parentSchema: schema60.properties.title, data: data1 };
          if (vErrors === null) {
            vErrors = [err3];
          } else {
            vErrors.push(err3);
          }
          errors++;
        }
        if (func3(data1) < 1) {
          const err4 = { instancePath: instancePath + "/title", schemaPath: "#/properties/title/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema60.properties.title, data: data1 };
          if (vErrors === null) {
            vErrors = [err4];
          } else {
            vErrors.push(err4);
          }
          errors++;
        }
      } else {
        const err5 = { instancePath: instancePath + "/title", schemaPath: "#/properties/title/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema60.properties.title.type, parentSchema: schema60.properties.title, data: data1 };
        if (vErrors === null) {
          vErrors = [err5];
        } else {
          vErrors.push(err5);
        }
        errors++;
      }
    }
    if (data.paths !== void 0) {
      let data2 = data.paths;
      if (Array.isArray(data2)) {
        if (data2.length > 20) {
          const err6 = { instancePath: instancePath + "/paths", schemaPath: "#/properties/paths/maxItems", keyword: "maxItems", params: { limit: 20 }, message: "must NOT have more than 20 items", schema: 20, parentSchema: schema60.properties.paths, data: data2 };
          if (vErrors === null) {
            vErrors = [err6];
          } else {
            vErrors.push(err6);
          }
          errors++;
        }
        const len0 = data2.length;
        for (let i0 = 0; i0 < len0; i0++) {
          if (!validate70(data2[i0], { instancePath: instancePath + "/paths/" + i0, parentData: data2, parentDataProperty: i0, rootData })) {
            vErrors = vErrors === null ? validate70.errors : vErrors.concat(validate70.errors);
            errors = vErrors.length;
          }
        }
      } else {
        const err7 = { instancePath: instancePath + "/paths", schemaPath: "#/properties/paths/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema60.properties.paths.type, parentSchema: schema60.properties.paths, data: data2 };
        if (vErrors === null) {
          vErrors = [err7];
        } else {
          vErrors.push(err7);
        }
        errors++;
      }
    }
    if (data.at !== void 0) {
      if (!validate191(data.at, { instancePath: instancePath + "/at", parentData: data, parentDataProperty: "at", rootData })) {
        vErrors = vErrors === null ? validate191.errors : vErrors.concat(validate191.errors);
        errors = vErrors.length;
      }
    }
    if (data.order !== void 0) {
      if (!validate48(data.order, { instancePath: instancePath + "/order", parentData: data, parentDataProperty: "order", rootData })) {
        vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
        errors = vErrors.length;
      }
    }
    if (data.run !== void 0) {
      let data6 = data.run;
      if (typeof data6 === "string") {
        if (func3(data6) > 100) {
          const err8 = { instancePath: instancePath + "/run", schemaPath: "#/properties/run/maxLength", keyword: "maxLength", params: { limit: 100 }, message: "must NOT have more than 100 characters", schema: 100, parentSchema: schema60.properties.run, data: data6 };
          if (vErrors === null) {
            vErrors = [err8];
          } else {
            vErrors.push(err8);
          }
          errors++;
        }
      } else {
        const err9 = { instancePath: instancePath + "/run", schemaPath: "#/properties/run/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema60.properties.run.type, parentSchema: schema60.properties.run, data: data6 };
        if (vErrors === null) {
          vErrors = [err9];
        } else {
          vErrors.push(err9);
        }
        errors++;
      }
    }
    if (data.by !== void 0) {
      if (!validate48(data.by, { instancePath: instancePath + "/by", parentData: data, parentDataProperty: "by", rootData })) {
        vErrors = vErrors === null ? validate48.errors : vErrors.concat(validate48.errors);
        errors = vErrors.length;
      }
    }
    if (data.digest !== void 0) {
      let data8 = data.digest;
      if (typeof data8 === "string") {
        if (!pattern46.test(data8)) {
          const err10 = { instancePath: instancePath + "/digest", schemaPath: "#/properties/digest/pattern", keyword: "pattern", params: { pattern: "^sha256:[0-9a-f]{64}$" }, message: 'must match pattern "^sha256:[0-9a-f]{64}$"', schema: "^sha256:[0-9a-f]{64}$", parentSchema: schema60.properties.digest, data: data8 };
          if (vErrors === null) {
            vErrors = [err10];
          } else {
            vErrors.push(err10);
          }
          errors++;
        }
      } else {
        const err11 = { instancePath: instancePath + "/digest", schemaPath: "#/properties/digest/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema60.properties.digest.type, parentSchema: schema60.properties.digest, data: data8 };
        if (vErrors === null) {
          vErrors = [err11];
        } else {
          vErrors.push(err11);
        }
        errors++;
      }
    }
  } else {
    const err12 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema60.type, parentSchema: schema60, data };
    if (vErrors === null) {
      vErrors = [err12];
    } else {
      vErrors.push(err12);
    }
    errors++;
  }
  validate292.errors = vErrors;
  return errors === 0;
}
export {
  agent,
  formula,
  lesson,
  order,
  policy,
  policyTests,
  project,
  record,
  request,
  trigger
};
