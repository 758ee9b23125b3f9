"""Projects with a package.json, made by the tools of their frameworks in versions that Node.js 20 runs.

Where a tool fetches its template from a place that is no package registry (create-astro, create-react-router,
create-hono), the files are those of its smallest template, written here."""
import json, pathlib, shutil

from sample import Sample, run, write


def npx(folder, package, *words):
    run(folder, "npx", "--yes", package, *words, npm_config_yes="true")


def manifest(folder, change):
    file = pathlib.Path(folder) / "package.json"
    value = json.loads(file.read_text())
    change(value)
    file.write_text(json.dumps(value, indent=2) + "\n")


def package(folder, **fields):
    write(folder, **{"package.json": json.dumps({"name": folder.name.split("-")[0], "version": "1.0.0", **fields}, indent=2) + "\n"})


def lock(folder, *flags):
    run(folder, "npm", "install", "--package-lock-only", "--ignore-scripts", "--no-audit", "--no-fund", *flags)


def ignore(folder):
    write(folder, **{".gitignore": "node_modules\ndist\n"})


def up(folder):
    """Moves what a tool made in `app` to the root."""
    made = (folder / "app").rename(folder / ".made")
    for each in list(made.iterdir()):
        each.rename(folder / each.name)
    made.rmdir()


def vite(template):
    def make(folder):
        npx(folder, "create-vite@9.1.1", "app", "--template", template, "--no-interactive")
        up(folder)
        lock(folder)
    return make


def next_app(folder):
    # The full template draws its letters from Google, which is no package registry.
    npx(folder, "create-next-app@16.1.1", "app", "--yes", "--empty", "--ts", "--eslint", "--no-tailwind", "--app", "--no-src-dir", "--use-npm", "--skip-install", "--disable-git")
    up(folder)
    lock(folder)


def next_export(folder):
    next_app(folder)
    file = folder / "next.config.ts"
    file.write_text(file.read_text().replace("/* config options here */", "output: 'export',"))


def nuxt(folder):
    package(folder, type="module", private=True, scripts={"build": "nuxt build", "dev": "nuxt dev", "generate": "nuxt generate", "preview": "nuxt preview", "postinstall": "nuxt prepare"},
            dependencies={"nuxt": "4.1.3", "vue": "^3.5.22", "vue-router": "^4.6.3"})
    write(folder, **{"nuxt.config.ts": "export default defineNuxtConfig({\n  compatibilityDate: '2025-07-15',\n  devtools: { enabled: true }\n})\n",
                     "app/app.vue": "<template>\n  <div>\n    <NuxtRouteAnnouncer />\n    <h1>Hello Nuxt</h1>\n  </div>\n</template>\n",
                     "tsconfig.json": '{\n  "files": [],\n  "references": [\n    { "path": "./.nuxt/tsconfig.app.json" },\n    { "path": "./.nuxt/tsconfig.server.json" }\n  ]\n}\n',
                     ".gitignore": ".output\n.nuxt\n.nitro\n.cache\ndist\nnode_modules\n.env\n.env.*\n"})
    lock(folder)


ASTRO = {"astro.config.mjs": "// @ts-check\nimport { defineConfig } from 'astro/config';\n\n// https://astro.build/config\nexport default defineConfig({});\n",
         "tsconfig.json": '{\n  "extends": "astro/tsconfigs/strict",\n  "include": [".astro/types.d.ts", "**/*"],\n  "exclude": ["dist"]\n}\n',
         ".gitignore": "dist/\n.astro/\nnode_modules/\n",
         "public/favicon.svg": "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><circle cx='4' cy='4' r='4'/></svg>\n",
         "src/pages/index.astro": "---\n\n---\n\n<html lang=\"en\">\n\t<head>\n\t\t<meta charset=\"utf-8\" />\n\t\t<link rel=\"icon\" type=\"image/svg+xml\" href=\"/favicon.svg\" />\n\t\t<title>Astro</title>\n\t</head>\n\t<body>\n\t\t<h1>Hello Astro</h1>\n\t</body>\n</html>\n"}


def astro(folder, **more):
    package(folder, type="module", scripts={"dev": "astro dev", "build": "astro build", "preview": "astro preview", "astro": "astro"}, dependencies={"astro": "^5.15.0", **more})
    write(folder, **ASTRO)


def astro_static(folder):
    astro(folder)
    lock(folder)


def astro_node(folder):
    astro(folder, **{"@astrojs/node": "^9.5.0"})
    write(folder, **{"astro.config.mjs": "// @ts-check\nimport { defineConfig } from 'astro/config';\nimport node from '@astrojs/node';\n\n"
                                         "// https://astro.build/config\nexport default defineConfig({\n  output: 'server',\n  adapter: node({ mode: 'standalone' }),\n});\n"})
    lock(folder)


def sveltekit(folder):
    npx(folder, "sv@0.9.5", "create", "app", "--template", "minimal", "--types", "ts", "--no-add-ons", "--no-install")
    up(folder)
    manifest(folder, lambda m: m["devDependencies"].update({"@sveltejs/adapter-node": "^5.4.0"}) or m["devDependencies"].pop("@sveltejs/adapter-auto"))
    file = folder / "svelte.config.js"
    file.write_text(file.read_text().replace("adapter-auto", "adapter-node"))
    lock(folder)


def react_router(folder):
    package(folder, type="module", private=True,
            scripts={"build": "react-router build", "dev": "react-router dev", "start": "react-router-serve ./build/server/index.js", "typecheck": "react-router typegen && tsc"},
            dependencies={"@react-router/node": "7.9.4", "@react-router/serve": "7.9.4", "isbot": "^5.1.31", "react": "^19.1.1", "react-dom": "^19.1.1", "react-router": "7.9.4"},
            devDependencies={"@react-router/dev": "7.9.4", "@types/node": "^22", "@types/react": "^19.1.13", "@types/react-dom": "^19.1.9", "typescript": "^5.9.2", "vite": "^7.1.7"})
    write(folder, **{"react-router.config.ts": "import type { Config } from \"@react-router/dev/config\";\n\nexport default {\n  // Set this to `false` to enable SPA mode\n  ssr: true,\n} satisfies Config;\n",
                     "vite.config.ts": "import { reactRouter } from \"@react-router/dev/vite\";\nimport { defineConfig } from \"vite\";\n\nexport default defineConfig({\n  plugins: [reactRouter()],\n});\n",
                     "app/routes.ts": "import { type RouteConfig, index } from \"@react-router/dev/routes\";\n\nexport default [index(\"routes/home.tsx\")] satisfies RouteConfig;\n",
                     "app/routes/home.tsx": "export function meta() {\n  return [{ title: \"New React Router App\" }];\n}\n\nexport default function Home() {\n  return <h1>Hello React Router</h1>;\n}\n",
                     "app/root.tsx": "import { Links, Meta, Outlet, Scripts, ScrollRestoration } from \"react-router\";\n\nexport function Layout({ children }: { children: React.ReactNode }) {\n  return (\n    <html lang=\"en\">\n      <head>\n        <meta charSet=\"utf-8\" />\n        <Meta />\n        <Links />\n      </head>\n      <body>\n        {children}\n        <ScrollRestoration />\n        <Scripts />\n      </body>\n    </html>\n  );\n}\n\nexport default function App() {\n  return <Outlet />;\n}\n",
                     "tsconfig.json": json.dumps({"include": ["**/*", ".react-router/types/**/*"], "compilerOptions": {"lib": ["DOM", "DOM.Iterable", "ES2022"], "types": ["node", "vite/client"], "target": "ES2022", "module": "ES2022", "moduleResolution": "bundler", "jsx": "react-jsx", "rootDirs": [".", "./.react-router/types"], "esModuleInterop": True, "noEmit": True, "skipLibCheck": True, "strict": True}}, indent=2) + "\n",
                     ".gitignore": ".DS_Store\n/node_modules/\n/.react-router/\n/build/\n"})
    lock(folder)


def nest(folder):
    npx(folder, "@nestjs/cli@11.0.10", "new", "app", "--skip-install", "--skip-git", "--package-manager", "npm")
    up(folder)
    lock(folder)


def angular(folder):
    npx(folder, "@angular/cli@20.3.8", "new", "app", "--defaults", "--skip-install", "--skip-git", "--no-interactive", "--ai-config", "none")
    up(folder)
    lock(folder)


def express(folder):
    npx(folder, "express-generator@4.16.1", "--view=pug", ".")
    lock(folder)


def fastify(folder):
    npx(folder, "fastify-cli@7.4.1", "generate", "app")
    up(folder)
    lock(folder)


def hono(folder):
    package(folder, type="module", scripts={"dev": "tsx watch src/index.ts", "build": "tsc", "start": "node dist/index.js"},
            dependencies={"hono": "^4.10.0", "@hono/node-server": "^1.19.5"}, devDependencies={"@types/node": "^20.11.17", "tsx": "^4.7.1", "typescript": "^5.8.3"})
    write(folder, **{"src/index.ts": "import { serve } from '@hono/node-server'\nimport { Hono } from 'hono'\n\nconst app = new Hono()\n\napp.get('/', (c) => {\n  return c.text('Hello Hono!')\n})\n\nserve({\n  fetch: app.fetch,\n  port: 3000\n}, (info) => {\n  console.log(`Server is running on http://localhost:${info.port}`)\n})\n",
                     "tsconfig.json": json.dumps({"compilerOptions": {"target": "ESNext", "module": "NodeNext", "strict": True, "verbatimModuleSyntax": True, "skipLibCheck": True, "types": ["node"], "jsx": "react-jsx", "jsxImportSource": "hono/jsx", "outDir": "./dist"}, "exclude": ["node_modules"]}, indent=2) + "\n"})
    ignore(folder)
    lock(folder)


def koa_pnpm(folder):
    package(folder, main="index.js", dependencies={"koa": "^3.0.1"})
    write(folder, **{"index.js": "'use strict';\nconst Koa = require('koa');\nconst app = new Koa();\n\napp.use(ctx => {\n  ctx.body = 'Hello Koa';\n});\n\napp.listen(3000);\n"})
    ignore(folder)
    npx(folder, "pnpm@10.19.0", "install", "--lockfile-only")


EXPRESS = "const express = require('express')\nconst app = express()\nconst port = 3000\n\napp.get('/', (req, res) => {\n  res.send('Hello World!')\n})\n\napp.listen(port, () => {\n  console.log(`Example app listening on port ${port}`)\n})\n"


def yarn_classic(folder):
    package(folder, main="app.js", dependencies={"express": "^5.1.0"})
    write(folder, **{"app.js": EXPRESS})
    ignore(folder)
    npx(folder, "yarn@1.22.22", "install", "--ignore-scripts", "--non-interactive")


def yarn_pnp(folder):
    package(folder, main="app.js", scripts={"start": "node app.js"}, dependencies={"express": "^5.1.0"}, packageManager="yarn@4.9.2")
    write(folder, **{"app.js": EXPRESS, ".yarnrc.yml": "enableTelemetry: false\n", ".gitignore": ".yarn/*\n!.yarn/patches\n!.yarn/plugins\n!.yarn/releases\n!.yarn/sdks\n!.yarn/versions\n.pnp.*\nnode_modules\n", "yarn.lock": ""})
    run(folder, "npx", "--yes", "--package=@yarnpkg/cli-dist@4.9.2", "yarn", "install", "--mode=update-lockfile", YARN_ENABLE_IMMUTABLE_INSTALLS="false")
    for left in (".yarn", ".pnp.cjs"):
        shutil.rmtree(folder / left, ignore_errors=True)


def eleventy(folder):
    package(folder, type="module", dependencies={"@11ty/eleventy": "3.1.2"})
    write(folder, **{"index.md": "# Hello Eleventy\n\nGo to [the second page](/second/).\n", "second.md": "# Second page\n", ".gitignore": "node_modules\n_site\n"})
    lock(folder)


def vitepress(folder):
    package(folder, scripts={"docs:dev": "vitepress dev docs", "docs:build": "vitepress build docs", "docs:preview": "vitepress preview docs"}, devDependencies={"vitepress": "1.6.4"})
    write(folder, **{"docs/index.md": "# Hello VitePress\n\nRead [the guide](/guide).\n", "docs/guide.md": "# The guide\n",
                     "docs/.vitepress/config.mjs": "import { defineConfig } from 'vitepress'\n\nexport default defineConfig({\n  title: 'My Awesome Project',\n})\n",
                     ".gitignore": "node_modules\ndocs/.vitepress/dist\ndocs/.vitepress/cache\n"})
    lock(folder)


def node_workspace(folder):
    package(folder, private=True, workspaces=["apps/*", "packages/*"])
    write(folder, **{"apps/api/package.json": json.dumps({"name": "api", "version": "1.0.0", "scripts": {"start": "node server.js", "test": "node --test"}, "dependencies": {"express": "^5.1.0", "@shop/words": "*"}}, indent=2) + "\n",
                     "apps/api/server.js": "const express = require('express')\nconst words = require('@shop/words')\nconst app = express()\n\napp.get('/', (req, res) => res.send(words.greeting('api')))\napp.listen(process.env.PORT || 3000)\n",
                     "apps/api/words.test.js": "const test = require('node:test')\nconst assert = require('node:assert')\nconst words = require('@shop/words')\n\ntest('greets', () => {\n  assert.match(words.greeting('you'), /you$/)\n})\n",
                     "apps/web/package.json": json.dumps({"name": "web", "version": "1.0.0", "type": "module", "scripts": {"dev": "vite", "build": "vite build"}, "devDependencies": {"vite": "^7.1.7"}}, indent=2) + "\n",
                     "apps/web/index.html": "<!doctype html>\n<title>Web</title>\n<h1>Hello web</h1>\n<script type=\"module\" src=\"/main.js\"></script>\n",
                     "apps/web/main.js": "document.querySelector('h1').dataset.ready = 'yes'\n",
                     "packages/words/package.json": json.dumps({"name": "@shop/words", "version": "1.0.0", "main": "index.js"}, indent=2) + "\n",
                     "packages/words/index.js": "exports.greeting = name => `Hello ${name}`\n"})
    ignore(folder)
    lock(folder)


def node_function(folder):
    package(folder, main="index.js", scripts={"start": "functions-framework --target=helloWorld"}, dependencies={"@google-cloud/functions-framework": "^4.0.0"})
    write(folder, **{"index.js": "const functions = require('@google-cloud/functions-framework')\n\nfunctions.http('helloWorld', (req, res) => {\n  res.send('Hello, World')\n})\n"})
    ignore(folder)
    lock(folder)


ROOT = "<div id=\"root\"></div>"
SAMPLES = [
    Sample("vite-react", vite("react-ts"), ROOT, ("index.html", "<title>", "<title>Changed "), "<title>Changed ", paths={"/a/route": ROOT}),
    Sample("vite-vue", vite("vue"), "<div id=\"app\"></div>", ("index.html", "<title>", "<title>Changed "), "<title>Changed "),
    Sample("svelte-vite", vite("svelte-ts"), "<div id=\"app\"></div>", ("index.html", "<title>", "<title>Changed "), "<title>Changed "),
    Sample("next", next_app, "Hello world!", ("app/page.tsx", "Hello world!", "Changed world!"), "Changed world!"),
    Sample("next-export", next_export, "Hello world!", ("app/page.tsx", "Hello world!", "Changed world!"), "Changed world!"),
    Sample("nuxt", nuxt, "Hello Nuxt", ("app/app.vue", "Hello Nuxt", "Changed Nuxt"), "Changed Nuxt"),
    Sample("astro", astro_static, "Hello Astro", ("src/pages/index.astro", "Hello Astro", "Changed Astro"), "Changed Astro"),
    Sample("astro-node", astro_node, "Hello Astro", ("src/pages/index.astro", "Hello Astro", "Changed Astro"), "Changed Astro"),
    Sample("sveltekit", sveltekit, "Welcome to SvelteKit", ("src/routes/+page.svelte", "Welcome", "You are welcome"), "You are welcome"),
    Sample("react-router", react_router, "Hello React Router", ("app/routes/home.tsx", "Hello React Router", "Changed React Router"), "Changed React Router"),
    Sample("nest", nest, "Hello World!", ("src/main.ts", "bootstrap();", "bootstrap().catch(console.error);"), tests=1),
    Sample("angular", angular, "<app-root>", ("src/index.html", "<title>", "<title>Changed "), "<title>Changed ", paths={"/a/route": "<app-root>"}),
    Sample("express", express, "Welcome to Express", ("routes/index.js", "'Express'", "'Changed'"), "Welcome to Changed"),
    Sample("fastify", fastify, "root", ("app.js", "// Place here your custom code!", "fastify.get('/changed', async () => 'changed')"), tests=3),
    Sample("hono", hono, "Hello Hono!", ("src/index.ts", "Hello Hono!", "Changed Hono!"), "Changed Hono!"),
    Sample("koa-pnpm", koa_pnpm, "Hello Koa", ("index.js", "Hello Koa", "Changed Koa"), "Changed Koa"),
    Sample("yarn-classic", yarn_classic, "Hello World!", ("app.js", "Hello World!", "Changed World!"), "Changed World!"),
    Sample("yarn-pnp", yarn_pnp, "Hello World!", ("app.js", "Hello World!", "Changed World!"), "Changed World!"),
    Sample("eleventy", eleventy, "Hello Eleventy", ("index.md", "Hello Eleventy", "Changed Eleventy"), "Changed Eleventy", paths={"/second/": "Second page"}),
    Sample("vitepress", vitepress, "Hello VitePress", ("docs/index.md", "Hello VitePress", "Changed VitePress"), "Changed VitePress", paths={"/guide.html": "The guide"}),
    Sample("node-workspace", node_workspace, "Hello api", ("packages/words/index.js", "`Hello ${name}`", "`Changed ${name}`"), "Changed api", tests=1, app="api"),
    Sample("node-function", node_function, "Hello, World", ("index.js", "Hello, World", "Changed, World"), "Changed, World"),
]
