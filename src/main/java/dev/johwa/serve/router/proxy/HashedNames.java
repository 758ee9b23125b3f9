package dev.johwa.serve.router.proxy;

import java.util.regex.Pattern;

/// Tells names that change with their content, as build tools make them, from names that people gave. When in doubt a
/// person gave it: a file that is asked for again costs a question, one that is kept too long shows an old page.
final class HashedNames {
    /// `main.3f2a1b9c.js`, `main.8d3a3f9e.chunk.js`: digits and letters up to f.
    private static final Pattern HEX = Pattern.compile(".*[.-](?=[0-9a-f]*[a-f])(?=[a-f]*[0-9])[0-9a-f]{8,}[.-].*");
    /// `main-5QZ7A3KD.js`, as esbuild writes.
    private static final Pattern BASE32 = Pattern.compile(".*-(?=.*[2-7])[A-Z2-7]{8}\\.\\w+");
    /// `index-DiwrgTda.js`, as Vite and Rollup write, but only where these put what they built.
    private static final Pattern BASE64 =
            Pattern.compile(".*[.-](?=[a-z0-9_-]*[A-Z])(?=[A-Z0-9_-]*[a-z])[A-Za-z0-9_-]{8}\\.\\w+");
    private static final Pattern BUILT = Pattern.compile("/(?:.*/)?(?:assets|_astro|_app|_next|chunks)/.*");

    private HashedNames() {}

    /// @param path of a file from the root of its site
    static boolean isHashed(String path) {
        var name = path.substring(path.lastIndexOf('/') + 1);
        return HEX.matcher(name).matches()
                || BASE32.matcher(name).matches()
                || BUILT.matcher(path).matches() && BASE64.matcher(name).matches();
    }
}
