package dev.johwa.build.cause;

import java.util.List;

/// What the machine does not have or does not give: space, memory, network, compilers, rights.
final class MachineRules {
    private static final List<Rule> ALL = List.of(
            new Rule(
                    "disk.full",
                    "No space left on device|\\bENOSPC\\b|Disk quota exceeded",
                    Causes.DISK_FULL.what(),
                    Causes.DISK_FULL.mend()),
            new Rule(
                    "memory.node",
                    "JavaScript heap out of memory",
                    "Node's heap is too small for it",
                    "env: {NODE_OPTIONS: --max-old-space-size=2048} in johwa.yaml"),
            new Rule(
                    "memory.java",
                    "java\\.lang\\.OutOfMemoryError: (.{1,80})",
                    "the JVM ran out of memory: {1}",
                    "limits: {memory: 1Gi} in johwa.yaml, or env: {JAVA_TOOL_OPTIONS: -Xmx512m}"),
            new Rule(
                    "memory.killed",
                    "signal: 9, SIGKILL|signal: killed|fatal error: runtime: out of memory|^MemoryError\\b"
                            + "|g\\+\\+: fatal error: Killed|memory allocation of \\d+ bytes failed",
                    "it used more memory than there is",
                    "use less (fewer workers, a smaller heap), or limits: {memory: 1Gi} in johwa.yaml"),
            new Rule(
                    "compiler.missing",
                    "command '(gcc|g\\+\\+|cc|clang|x86_64-linux-gnu-gcc|aarch64-linux-gnu-gcc)' failed: No such file"
                            + "|linker `(cc|gcc)` not found|exec: \"(gcc|g\\+\\+|cc)\": executable file not found"
                            + "|gyp ERR! stack Error: not found: (make|g\\+\\+|gcc)"
                            + "|unable to execute '(gcc|cc|x86_64-linux-gnu-gcc)': No such file"
                            + "|(?:sh|make): (?:\\d+: )?(gcc|g\\+\\+|cc): (?:command )?not found",
                    "a package is compiled here, and this machine has no {1}",
                    "on the server: apt-get install build-essential; then push again"),
            new Rule(
                    "compiler.python",
                    "gyp ERR! find Python.*(?:not set|could not)|gyp ERR! stack Error: Could not find any Python"
                            + "|node-gyp.*Python.*is not set",
                    "node-gyp compiles a native package and finds no Python",
                    "on the server: apt-get install python3 build-essential; or take a version with prebuilt files"),
            new Rule(
                    "script.crlf",
                    "(?<![^\\s:'\"])(/[^\\s^]++)\\^M: bad interpreter|env: ['‘](\\S+?)\\\\r['’]: No such file|\\$'\\\\r': command not found"
                            + "|(?<![^\\s:'\"])/([^\\s\\\\]++)\\\\r: No such file|(?:set|Syntax error): .*\\\\r",
                    "a script has the line ends of Windows (CRLF)",
                    "echo '*.sh text eol=lf' >> .gitattributes && git add --renormalize . && git commit"),
            new Rule(
                    "script.interpreter",
                    "(?<!\\S)(\\S+): cannot execute: required file not found",
                    "the first line of {1} names a program that is not there (or ends as lines on Windows do)",
                    "head -1 {1} | cat -A   shows it; CRLF: git add --renormalize . with `* text=auto eol=lf` in"
                            + " .gitattributes"),
            new Rule(
                    "script.not-executable",
                    "(?:sh|bash)(?:: line)?:? ?\\d*: (\\./\\S+|\\S+/\\S+): Permission denied"
                            + "|spawn (\\S+/\\S+) EACCES|cannot execute: (\\S+/\\S+)",
                    "{1} is not executable",
                    "git update-index --chmod=+x {1} && git commit"),
            new Rule(
                    "registry.refused",
                    "npm error code (E401|E403)|ERR_PNPM_FETCH_(401|403)|(?:HTTP error |status code: )(401|403)"
                            + "|ERROR: (401|403) Client Error|(401|403) (?:Unauthorized|Forbidden)\\b.*https?://",
                    "a registry of packages refused us ({1})",
                    "give it a token: johwa secrets set {app} NPM_TOKEN (or the registry's own name), read by .npmrc,"
                            + " pip.conf or settings.xml"),
            new Rule(
                    "registry.private-git",
                    "could not read Username for '(https?://[^']+)'|Permission denied \\(publickey\\)"
                            + "|Host key verification failed",
                    "a dependency lies in a repository that asks who we are",
                    "publish it as a package, or vendor it into this repository"),
            new Rule(
                    "fonts.google",
                    "Failed to fetch `?([\\w ]+?)`? from Google Fonts",
                    "the build fetches the font {1} from fonts.googleapis.com, which the server does not reach",
                    "let the server reach it (HTTPS_PROXY), or keep the font in the repository (next/font/local)"),
            new Rule(
                    "network.none",
                    "getaddrinfo (?:EAI_AGAIN|ENOTFOUND) ([\\w.-]+)|Temporary failure in name resolution"
                            + "|Could not resolve host: ([\\w.-]+)|UnknownHostException: ([\\w.-]+)"
                            + "|failed to lookup address information|dial tcp: lookup ([\\w.-]+)"
                            + "|\\[Errno -[23]] (?:Name or service not known|Temporary failure)",
                    "a name on the network cannot be found: {1}",
                    "see whether the server reaches it (proxy, DNS), and that the name is right"));

    private MachineRules() {}

    static List<Rule> all() {
        return ALL;
    }
}
