"""Added later than the list: more frameworks of the Node world, and repositories of several packages with their tools.

Where a maker fetches its template from a place that is no package registry (create-turbo, create-gatsby, create-solid,
create-remix, create-react-router), the files are those of its first page or smallest template, written here."""
import json

from sample import Sample, run, write
from samples.node import ignore, lock, manifest, npx, package, up, vite

VITE_PAGE = "<!doctype html>\n<html>\n  <body>\n    <h1>Hello web</h1>\n    <script type=\"module\" src=\"/src/main.js\"></script>\n  </body>\n</html>\n"
API = "import express from 'express'\nimport { greeting } from '@shop/words'\n\nconst app = express()\napp.get('/', (_, res) => res.send(greeting('api')))\napp.listen(process.env.PORT ?? 4000)\n"
API_TEST = "import test from 'node:test'\nimport assert from 'node:assert'\nimport { greeting } from '@shop/words'\n\ntest('greets', () => assert.equal(greeting('you'), 'Hello you'))\n"
WORDS = "export const greeting = (name: string): string => `Hello ${name}`\n"
TSCONFIG = json.dumps({"compilerOptions": {"target": "ES2022", "module": "NodeNext", "declaration": True, "strict": True, "skipLibCheck": True, "outDir": "dist", "rootDir": "src"}, "include": ["src"]}, indent=2) + "\n"


def shop(folder, words_version="*"):
    """Two applications and a library in TypeScript that has to be built before them."""
    pack = lambda **fields: json.dumps(fields, indent=2) + "\n"
    write(folder, **{
        "apps/api/package.json": pack(name="api", version="1.0.0", private=True, type="module", scripts={"start": "node src/server.js", "test": "node --test"}, dependencies={"express": "^5.1.0", "@shop/words": words_version}),
        "apps/api/src/server.js": API,
        "apps/api/src/words.test.js": API_TEST,
        "apps/web/package.json": pack(name="web", version="1.0.0", private=True, type="module", scripts={"dev": "vite", "build": "vite build"}, dependencies={"@shop/words": words_version}, devDependencies={"vite": "^7.1.7"}),
        "apps/web/index.html": VITE_PAGE,
        "apps/web/src/main.js": "import { greeting } from '@shop/words'\n\ndocument.querySelector('h1').title = greeting('web')\n",
        "packages/words/package.json": pack(name="@shop/words", version="1.0.0", type="module", exports={".": {"types": "./dist/index.d.ts", "default": "./dist/index.js"}}, scripts={"build": "tsc"}, devDependencies={"typescript": "^5.9.2"}),
        "packages/words/src/index.ts": WORDS,
        "packages/words/tsconfig.json": TSCONFIG})
    ignore(folder)


def turborepo(folder):
    package(folder, private=True, packageManager="pnpm@10.19.0", scripts={"build": "turbo run build", "dev": "turbo run dev", "test": "turbo run test"}, devDependencies={"turbo": "^2.5.8"})
    write(folder, **{"turbo.json": json.dumps({"$schema": "https://turborepo.com/schema.json", "tasks": {"build": {"dependsOn": ["^build"], "outputs": ["dist/**"]}, "test": {"dependsOn": ["^build"]}, "dev": {"cache": False, "persistent": True}}}, indent=2) + "\n",
                     "pnpm-workspace.yaml": "packages:\n  - \"apps/*\"\n  - \"packages/*\"\n"})
    shop(folder, "workspace:*")
    npx(folder, "pnpm@10.19.0", "install", "--lockfile-only")


def nx(version, *words):
    def make(folder):
        npx(folder, "create-nx-workspace@" + version, "app", *words, "--nxCloud=skip", "--pm=npm", "--skipGit", "--no-interactive")
        up(folder)
    return make


def lerna(folder):
    npx(folder, "lerna@9.0.7", "init", "--packages=apps/*", "--packages=packages/*", "--exact")
    manifest(folder, lambda m: m.update(workspaces=["apps/*", "packages/*"], scripts={"build": "lerna run build", "test": "lerna run test"}))
    shop(folder, "^1.0.0")
    lock(folder)


def gatsby(folder):
    package(folder, private=True, scripts={"develop": "gatsby develop", "start": "gatsby develop", "build": "gatsby build", "serve": "gatsby serve", "clean": "gatsby clean"},
            dependencies={"gatsby": "^5.14.0", "react": "^18.2.0", "react-dom": "^18.2.0"})
    write(folder, **{"gatsby-config.js": "/**\n * @type {import('gatsby').GatsbyConfig}\n */\nmodule.exports = {\n  siteMetadata: {\n    title: `My Gatsby Site`,\n    siteUrl: `https://www.yourdomain.tld`,\n  },\n  plugins: [],\n}\n",
                     "src/pages/index.js": "import * as React from \"react\"\n\nconst IndexPage = () => <main><h1>Hello Gatsby</h1></main>\n\nexport default IndexPage\n\nexport const Head = () => <title>Home Page</title>\n",
                     "src/pages/404.js": "import * as React from \"react\"\n\nexport default () => <main><h1>Page not found</h1></main>\n",
                     ".gitignore": "node_modules/\n.cache/\npublic\n"})
    lock(folder)


REMIX_ROOT = "import { Links, Meta, Outlet, Scripts, ScrollRestoration } from \"@remix-run/react\";\n\nexport function Layout({ children }: { children: React.ReactNode }) {\n  return (\n    <html lang=\"en\">\n      <head>\n        <meta charSet=\"utf-8\" />\n        <Meta />\n        <Links />\n      </head>\n      <body>\n        {children}\n        <ScrollRestoration />\n        <Scripts />\n      </body>\n    </html>\n  );\n}\n\nexport default function App() {\n  return <Outlet />;\n}\n"


def remix(folder):
    package(folder, private=True, sideEffects=False, type="module",
            scripts={"build": "remix vite:build", "dev": "remix vite:dev", "start": "remix-serve ./build/server/index.js", "typecheck": "tsc"},
            dependencies={"@remix-run/node": "^2.17.1", "@remix-run/react": "^2.17.1", "@remix-run/serve": "^2.17.1", "isbot": "^4.1.0", "react": "^18.2.0", "react-dom": "^18.2.0"},
            devDependencies={"@remix-run/dev": "^2.17.1", "@types/react": "^18.2.20", "typescript": "^5.1.6", "vite": "^6.0.0"}, engines={"node": ">=20.0.0"})
    write(folder, **{"vite.config.ts": "import { vitePlugin as remix } from \"@remix-run/dev\";\nimport { defineConfig } from \"vite\";\n\nexport default defineConfig({\n  plugins: [remix()],\n});\n",
                     "app/root.tsx": REMIX_ROOT, "app/routes/_index.tsx": "export default function Index() {\n  return <h1>Hello Remix</h1>;\n}\n",
                     ".gitignore": "node_modules\n/.cache\n/build\n.env\n"})
    lock(folder)


def react_router_pages(folder):
    package(folder, private=True, type="module", scripts={"build": "react-router build", "dev": "react-router dev", "typecheck": "react-router typegen && tsc"},
            dependencies={"@react-router/node": "^8.3.0", "isbot": "^5.1.31", "react": "^19.2.0", "react-dom": "^19.2.0", "react-router": "^8.3.0"},
            devDependencies={"@react-router/dev": "^8.3.0", "@types/react": "^19.2.0", "@types/react-dom": "^19.2.0", "typescript": "^5.9.2", "vite": "^8.0.0"})
    write(folder, **{"react-router.config.ts": "import type { Config } from \"@react-router/dev/config\";\n\nexport default {\n  ssr: false,\n} satisfies Config;\n",
                     "vite.config.ts": "import { reactRouter } from \"@react-router/dev/vite\";\nimport { defineConfig } from \"vite\";\n\nexport default defineConfig({\n  plugins: [reactRouter()],\n});\n",
                     "app/routes.ts": "import { type RouteConfig, index } from \"@react-router/dev/routes\";\n\nexport default [index(\"routes/home.tsx\")] satisfies RouteConfig;\n",
                     "app/routes/home.tsx": "export default function Home() {\n  return <h1>Hello pages</h1>;\n}\n",
                     "app/root.tsx": REMIX_ROOT.replace("@remix-run/react", "react-router").replace("<Meta />", "<title>Pages of React Router</title>\n        <Meta />"),
                     ".gitignore": "/node_modules/\n/.react-router/\n/build/\n"})
    lock(folder)


SOLID_APP = "import { MetaProvider, Title } from \"@solidjs/meta\";\nimport { Router } from \"@solidjs/router\";\nimport { FileRoutes } from \"@solidjs/start/router\";\nimport { Suspense } from \"solid-js\";\n\nexport default function App() {\n  return (\n    <Router\n      root={props => (\n        <MetaProvider>\n          <Title>SolidStart - Basic</Title>\n          <Suspense>{props.children}</Suspense>\n        </MetaProvider>\n      )}\n    >\n      <FileRoutes />\n    </Router>\n  );\n}\n"
SOLID_ENTRY = "// @refresh reload\nimport { createHandler, StartServer } from \"@solidjs/start/server\";\n\nexport default createHandler(() => (\n  <StartServer\n    document={({ assets, children, scripts }) => (\n      <html lang=\"en\">\n        <head>\n          <meta charset=\"utf-8\" />\n          {assets}\n        </head>\n        <body>\n          <div id=\"app\">{children}</div>\n          {scripts}\n        </body>\n      </html>\n    )}\n  />\n));\n"


def solid_files(folder):
    write(folder, **{"src/app.tsx": SOLID_APP, "src/entry-server.tsx": SOLID_ENTRY,
                     "src/entry-client.tsx": "// @refresh reload\nimport { mount, StartClient } from \"@solidjs/start/client\";\n\nmount(() => <StartClient />, document.getElementById(\"app\")!);\n",
                     "src/routes/index.tsx": "export default function Home() {\n  return <main><h1>Hello Solid</h1></main>;\n}\n",
                     "tsconfig.json": json.dumps({"compilerOptions": {"target": "ESNext", "module": "ESNext", "moduleResolution": "bundler", "jsx": "preserve", "jsxImportSource": "solid-js", "strict": True, "noEmit": True, "types": ["vite/client"], "paths": {"~/*": ["./src/*"]}}}, indent=2) + "\n",
                     ".gitignore": "dist\n.solid\n.output\n.vinxi\nnode_modules\n"})


def solid_start(folder):
    package(folder, type="module", scripts={"dev": "vinxi dev", "build": "vinxi build", "start": "vinxi start", "version": "vinxi version"},
            dependencies={"@solidjs/meta": "^0.29.4", "@solidjs/router": "^0.15.0", "@solidjs/start": "^1.1.0", "solid-js": "^1.9.5", "vinxi": "^0.5.7"}, engines={"node": ">=22"})
    solid_files(folder)
    write(folder, **{"app.config.ts": "import { defineConfig } from \"@solidjs/start/config\";\n\nexport default defineConfig({});\n"})
    lock(folder)


def solid_start_vite(folder):
    package(folder, type="module", scripts={"dev": "vite dev", "build": "vite build", "start": "node .output/server/index.mjs", "preview": "vite preview"},
            dependencies={"@solidjs/meta": "^0.29.4", "@solidjs/router": "^0.16.0", "@solidjs/start": "^2.0.5", "@solidjs/vite-plugin-nitro-2": "latest", "solid-js": "^1.9.15", "vite": "^8.0.0"})
    solid_files(folder)
    write(folder, **{"vite.config.ts": "import { defineConfig } from \"vite\";\nimport { nitroV2Plugin as nitro } from \"@solidjs/vite-plugin-nitro-2\";\nimport { solidStart } from \"@solidjs/start/config\";\n\nexport default defineConfig({\n  plugins: [solidStart(), nitro()],\n});\n"})
    lock(folder)


def tanstack(folder):
    npx(folder, "@tanstack/cli@0.71.0", "create", "app", "--framework", "React", "--no-install", "--no-git", "--no-intent")
    up(folder)
    lock(folder)


def qwik(*adapter):
    def make(folder):
        npx(folder, "create-qwik@1.20.1", "empty", "app")
        up(folder)
        if adapter:
            run(folder, "npm", "install", "--no-audit", "--no-fund")
            run(folder, "npx", "qwik", "add", *adapter, "--skipConfirmation=true")
        lock(folder)
    return make


def docusaurus(folder):
    npx(folder, "create-docusaurus@3.10.2", "app", "classic", "--javascript", "--skip-install", "--package-manager", "npm")
    up(folder)
    lock(folder)


def nitro(folder):
    package(folder, private=True, type="module", scripts={"build": "nitro build", "dev": "nitro dev", "prepare": "nitro prepare", "preview": "node .output/server/index.mjs"}, devDependencies={"nitropack": "^2.12.0"})
    write(folder, **{"nitro.config.ts": "import { defineNitroConfig } from \"nitropack/config\"\n\n// https://nitro.build/config\nexport default defineNitroConfig({\n  compatibilityDate: \"latest\",\n  srcDir: \"server\",\n  imports: false\n});\n",
                     "server/routes/index.ts": "import { eventHandler } from \"h3\";\n\nexport default eventHandler(() => {\n  return \"Hello Nitro\";\n});\n",
                     "tsconfig.json": "{\n  \"extends\": \"./.nitro/types/tsconfig.json\"\n}\n", ".gitignore": "node_modules\ndist\n.data\n.nitro\n.cache\n.output\n*.env*\n!.env.example\n"})
    manifest(folder, lambda m: m["devDependencies"].update(h3="^1.15.0"))
    lock(folder)


def nitro_vite(folder):
    package(folder, private=True, type="module", scripts={"build": "vite build", "dev": "vite dev", "preview": "vite preview"}, devDependencies={"nitro": "^3.0.0", "vite": "^7.1.7"})
    write(folder, **{"vite.config.ts": "import { defineConfig } from \"vite\";\nimport { nitro } from \"nitro/vite\";\n\nexport default defineConfig({ plugins: [nitro({ serverDir: \"./server\" })] });\n",
                     "server/api/hello.ts": "import { defineHandler } from \"nitro/h3\";\n\nexport default defineHandler(() => ({ hello: \"Hello Nitro\" }));\n",
                     "index.html": "<!doctype html>\n<title>Nitro</title>\n<h1>Nitro with Vite</h1>\n", ".gitignore": "node_modules\n.nitro\n.output\n"})
    lock(folder)


def h3(folder):
    package(folder, private=True, type="module", dependencies={"h3": "^2.0.0"})
    write(folder, **{"server.mjs": "import { H3, serve } from \"h3\";\n\nconst app = new H3().get(\"/\", () => \"Hello H3\");\n\nserve(app, { port: 3000 });\n"})
    ignore(folder)
    lock(folder)


def parcel(folder):
    package(folder, private=True, source="src/index.html", scripts={"start": "parcel", "build": "parcel build"}, devDependencies={"parcel": "^2.16.0"})
    write(folder, **{"src/index.html": "<!doctype html>\n<html lang=\"en\">\n  <head>\n    <meta charset=\"utf-8\"/>\n    <title>My First Parcel App</title>\n    <link rel=\"stylesheet\" href=\"styles.css\" />\n    <script type=\"module\" src=\"app.js\"></script>\n  </head>\n  <body>\n    <h1>Hello, Parcel!</h1>\n  </body>\n</html>\n",
                     "src/styles.css": "h1 {\n  color: hotpink;\n  font-family: cursive;\n}\n", "src/app.js": "console.log('Hello, Parcel!');\n", ".gitignore": "node_modules\ndist\n.parcel-cache\n"})
    lock(folder)


def vitepress_init(folder):
    """VitePress at the root of its repository, where the one of the list is a folder `docs`."""
    package(folder, type="module", scripts={"dev": "vitepress dev", "build": "vitepress build", "preview": "vitepress preview"}, devDependencies={"vitepress": "^1.6.4"})
    write(folder, **{"index.md": "---\nlayout: home\nhero:\n  name: Hello VitePress\n---\n", "markdown-examples.md": "# Markdown\n",
                     ".vitepress/config.mts": "import { defineConfig } from 'vitepress'\n\nexport default defineConfig({\n  title: \"My Awesome Project\",\n  base: '/my-project/'\n})\n", ".gitignore": "node_modules\n.vitepress/dist\n.vitepress/cache\n"})
    lock(folder)


def yarn_berry_vite(folder):
    vite("vue")(folder)
    (folder / "package-lock.json").unlink()
    write(folder, **{"yarn.lock": "", ".yarnrc.yml": "enableTelemetry: false\n"})
    run(folder, "npx", "--yes", "--package=@yarnpkg/cli-dist@4.9.2", "yarn", "install", "--mode=update-lockfile", YARN_ENABLE_IMMUTABLE_INSTALLS="false")


def bun_elysia(folder):
    package(folder, scripts={"dev": "bun run --watch src/index.ts"}, dependencies={"elysia": "latest"}, devDependencies={"bun-types": "latest"}, module="src/index.js")
    write(folder, **{"src/index.ts": "import { Elysia } from \"elysia\";\n\nconst app = new Elysia().get(\"/\", () => \"Hello Elysia\").listen(3000);\n\nconsole.log(`Elysia is running at ${app.server?.hostname}:${app.server?.port}`);\n"})
    ignore(folder)
    run(folder, "npx", "--yes", "bun@1.3.1", "install", "--lockfile-only")


WEB = ("apps/web/index.html", "Hello web", "Changed web")
SAMPLES = [
    Sample("turborepo", turborepo, "Hello web", WEB, "Changed web", tests=1, app="web"),
    Sample("lerna", lerna, "Hello api", ("apps/api/src/server.js", "greeting('api')", "greeting('changed')"), "Hello changed", tests=1, app="api"),
    Sample("nx-node", nx("22", "--preset=node-monorepo", "--framework=express", "--appName=api", "--docker=false", "--unitTestRunner=none"), "Hello API", ("apps/api/src/main.ts", "Hello API", "Changed API"), "Changed API"),
    Sample("nx-react", nx("21", "--preset=react-monorepo", "--appName=web", "--bundler=vite", "--style=css", "--unitTestRunner=vitest", "--e2eTestRunner=none"), "<div id=\"root\"></div>", ("apps/web/index.html", "<title>", "<title>Changed "), "<title>Changed "),
    Sample("gatsby", gatsby, "Hello Gatsby", ("src/pages/index.js", "Hello Gatsby", "Changed Gatsby"), "Changed Gatsby"),
    Sample("remix", remix, "Hello Remix", ("app/routes/_index.tsx", "Hello Remix", "Changed Remix"), "Changed Remix"),
    Sample("react-router-pages", react_router_pages, "Pages of React Router", ("app/root.tsx", "Pages of React", "Changed pages of React"), "Changed pages of React"),
    Sample("solid-vite", vite("solid-ts"), "<div id=\"root\"></div>", ("index.html", "<title>", "<title>Changed "), "<title>Changed "),
    Sample("solid-start", solid_start, "Hello Solid", ("src/routes/index.tsx", "Hello Solid", "Changed Solid"), "Changed Solid"),
    Sample("solid-start-vite", solid_start_vite, "Hello Solid", ("src/routes/index.tsx", "Hello Solid", "Changed Solid"), "Changed Solid"),
    Sample("tanstack-start", tanstack, "<html", ("src/routes/about.tsx", "export const", "// changed\nexport const")),
    Sample("qwik", qwik(), "to see what you build with qwik", ("src/routes/index.tsx", "Can't wait", "Cannot wait"), "Cannot wait"),
    Sample("qwik-express", qwik("express"), "to see what you build with qwik", ("src/routes/index.tsx", "Can't wait", "Cannot wait"), "Cannot wait"),
    Sample("docusaurus", docusaurus, "Docusaurus", ("docusaurus.config.js", "My Site", "Changed Site"), "Changed Site"),
    Sample("vitepress-base", vitepress_init, "Hello VitePress", ("index.md", "Hello VitePress", "Changed VitePress"), "Changed VitePress"),
    Sample("nitro", nitro, "Hello Nitro", ("server/routes/index.ts", "Hello Nitro", "Changed Nitro"), "Changed Nitro"),
    Sample("nitro-vite", nitro_vite, "Nitro with Vite", ("index.html", "Nitro with Vite", "Changed Nitro"), "Changed Nitro", paths={"/api/hello": "Hello Nitro"}),
    Sample("h3", h3, "Hello H3", ("server.mjs", "Hello H3", "Changed H3"), "Changed H3"),
    Sample("parcel", parcel, "Hello, Parcel!", ("src/index.html", "Hello, Parcel!", "Changed, Parcel!"), "Changed, Parcel!"),
    Sample("yarn-berry-vite", yarn_berry_vite, "<div id=\"app\"></div>", ("index.html", "<title>", "<title>Changed "), "<title>Changed "),
    Sample("bun-elysia", bun_elysia, "Hello Elysia", ("src/index.ts", "Hello Elysia", "Changed Elysia"), "Changed Elysia"),
]
