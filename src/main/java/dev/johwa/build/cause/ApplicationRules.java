package dev.johwa.build.cause;

import java.util.List;
import java.util.stream.Stream;

/// What an application says when it does not come up: a service that is not there, a port, a module, a host.
final class ApplicationRules {
    private static final String MEND_ELSEWHERE =
            "its address comes from an environment value: johwa secrets set {app} DATABASE_URL (or the name it reads)";

    private ApplicationRules() {}

    static List<Rule> all() {
        return Stream.of(services(), files(), words(), ports(), hosts(), imports(), modules())
                .flatMap(List::stream)
                .toList();
    }

    /// Databases and the like that refuse or are not found.
    static List<Rule> services() {
        return List.of(
                service(
                        "postgres",
                        "PostgreSQL",
                        "5432",
                        made("postgres", "DATABASE_URL"),
                        "could not connect to server: Connection refused"
                                + "|connection to server at \"[^\"]*\".{0,40} failed"),
                service(
                        "mysql",
                        "MySQL",
                        "3306",
                        made("mariadb", "DATABASE_URL"),
                        "Can't connect to (?:local )?MySQL server|Can't connect to MySQL server on"),
                service(
                        "redis",
                        "Redis",
                        "6379",
                        made("redis", "REDIS_URL"),
                        "Error 111 connecting to \\S+:6379|RedisConnectionException"),
                service(
                        "mongodb",
                        "MongoDB",
                        "27017",
                        MEND_ELSEWHERE,
                        "MongoServerSelectionError|MongoNetworkError|ServerSelectionTimeoutError"),
                service("rabbitmq", "RabbitMQ", "5672", MEND_ELSEWHERE, "AMQPConnectionError"),
                service("kafka", "Kafka", "9092", MEND_ELSEWHERE, "NoBrokersAvailable|KafkaJSConnectionError"),
                service("elasticsearch", "Elasticsearch", "9200", MEND_ELSEWHERE, "NoLivingConnectionsError"));
    }

    private static String made(String kind, String variable) {
        return "johwa data add {app} " + kind + " makes one, and the app finds its address in " + variable
                + " (--as NAME, when it reads another value)";
    }

    private static Rule service(String code, String name, String port, String mend, String words) {
        var refused = "(?:ECONNREFUSED|ETIMEDOUT) \\S*:" + port + "\\b"
                + "|:" + port
                + "\\)?:? (?:\\(?[Cc]onnection refused|connect: connection refused|failed: Connection refused)"
                + "|port " + port + " failed|Connection to \\S+:" + port + " refused";
        return new Rule(
                "service." + code, words + "|" + refused, name + " does not answer where it is looked for", mend);
    }

    /// What is to be made before it runs, and where it may not make anything.
    private static List<Rule> files() {
        return List.of(
                new Rule(
                        "database.tables",
                        "no such table: ([\\w.]+)|relation \"([\\w.]+)\" does not exist|Table '([\\w.]+)' doesn't exist",
                        "the database has no table {1}: nothing has made its tables yet",
                        "have them made by a line in a Procfile: `web: COMMAND-THAT-MAKES-THEM && SERVER` where the"
                                + " database is a file, else `release: COMMAND-THAT-MAKES-THEM`"),
                new Rule(
                        "folder.foreign",
                        "(?:Permission denied|Read-only file system):? ['\"](/(?:var|etc|opt|srv|usr|mnt|data)/[^'\"]++)"
                                + "|(?:EACCES|EROFS)[^'\"]{0,80}['\"](/(?:var|etc|opt|srv|usr|mnt|data)/[^'\"]++)",
                        "it writes to {1}, which is not the application's own",
                        "have it write into its own folder or its HOME, by its settings or an environment value"),
                new Rule(
                        "file.foreign",
                        "No such file or directory: ['\"](/(?:etc|var|opt|srv|usr/local)/[^'\"]++)"
                                + "|[Cc]onfig(?:uration)?(?: file)? ['\"]?(/etc/[^'\" ]++)['\"]? (?:does not exist|not found)"
                                + "|open (/etc/\\S++): no such file",
                        "it looks for {1}, which is not the application's own",
                        "commit such a file, and name it by the option or environment value that the program has for it"),
                new Rule(
                        "value.django",
                        "The SECRET_KEY setting must not be empty",
                        "Django's settings have no SECRET_KEY",
                        "SECRET_KEY = os.environ['SECRET_KEY'] in its settings, then johwa secrets set {app} SECRET_KEY"));
    }

    /// What a program wants to be told when it is started.
    private static List<Rule> words() {
        return List.of(
                new Rule(
                        "start.words",
                        "error: the following arguments are required: (.+)|Error: Missing (?:argument|option) ['\"]?([^'\"]+)"
                                + "|required flag\\(s\\) (\".+?\") not set",
                        "its command wants words that nobody gives: {1}",
                        "write the whole command into a Procfile: `web: COMMAND …`"),
                new Rule(
                        "start.words",
                        "error: argument \\S+: invalid choice|error: the following required arguments were not provided"
                                + "|Error: Missing command|[Uu]sage: .{1,200} COMMAND \\[ARGS]",
                        "its command wants words that nobody gives",
                        "write the whole command into a Procfile: `web: COMMAND …`"));
    }

    private static List<Rule> ports() {
        return List.of(
                new Rule(
                        "port.taken",
                        "EADDRINUSE.*?:(\\d{2,5})\\b|Port (\\d{2,5}) (?:was|is) already in use"
                                + "|listen tcp \\S*:(\\d{2,5}): bind: address already in use"
                                + "|Address already in use.*?:(\\d{2,5})\\b|Address already in use.*?port (\\d{2,5})",
                        "port {1} is fixed in the code, and somebody else has it",
                        "listen on the port that the environment value PORT names"),
                new Rule(
                        "port.taken",
                        "[Aa]ddress already in use|EADDRINUSE|java\\.net\\.BindException",
                        "the port on which it insists is taken",
                        "listen on the port that the environment value PORT names"),
                new Rule(
                        "port.forbidden",
                        "listen EACCES: permission denied \\S*:(\\d{1,3})\\b|bind\\(\\) to \\S*:(\\d{1,3}) failed \\(13",
                        "ports below 1024, such as {1}, are for the system",
                        "listen on the port that the environment value PORT names"));
    }

    /// Hosts that are refused.
    static List<Rule> hosts() {
        return List.of(
                new Rule(
                        "host.django",
                        "Invalid HTTP_HOST header: '([^']+)'|You may need to add '([^']+)' to ALLOWED_HOSTS|DisallowedHost"
                                + "|You must set settings\\.ALLOWED_HOSTS|<h1>Bad Request \\(400\\)</h1>",
                        "Django refuses the host under which it is asked",
                        "ALLOWED_HOSTS = ['.localhost', '127.0.0.1', 'your.domain'] in its settings"),
                new Rule(
                        "host.vite",
                        "Blocked request\\. This host \\(\"?([^\")]+)\"?\\) is not allowed",
                        "Vite's development server refuses the host {1}",
                        "build the pages and serve them (`vite build`), or server: {allowedHosts: true} in vite.config"),
                new Rule(
                        "host.webpack",
                        "Invalid Host header",
                        "webpack's development server refuses the host under which it is asked",
                        "build the pages and serve them, or devServer: {allowedHosts: 'all'} in webpack.config.js"),
                new Rule(
                        "host.sails",
                        "No `sails\\.config\\.sockets\\.onlyAllowOrigins`",
                        "Sails starts in production only when it is told from which addresses browsers may connect",
                        "sockets: {onlyAllowOrigins: ['https://your.domain']} in config/env/production.js"),
                new Rule(
                        "host.rails",
                        "Blocked hosts?: (\\S+)",
                        "Rails refuses the host {1}",
                        "config.hosts << '.localhost' in config/environments"));
    }

    private static List<Rule> imports() {
        return List.of(
                new Rule(
                        "import.ending",
                        "Cannot find module '(/[^']*/[^'./]+)' imported from",
                        "an ES module imports {1}, and Node.js looks for no ending by itself there",
                        "write the ending in the import (`./name.js`), or keep to the Node.js that it was written for"),
                new Rule(
                        "file.missing",
                        "Cannot find module '(\\.{0,2}/[^']+)'|Can't resolve '(\\.{1,2}/[^']+)'"
                                + "|Could not resolve [\"'](\\.{1,2}/[^\"']+)[\"']",
                        "the file {1} is not in this commit under that name",
                        "see .gitignore, and capital letters in its name (`git ls-files` shows what is there); a file"
                                + " that is built needs its build before"));
    }

    private static List<Rule> modules() {
        return List.of(
                new Rule(
                        "module.missing",
                        "Cannot find (?:module|package) '((?!node:)[^'./][^']*)'|Can't resolve '([^'./][^']*)'"
                                + "|failed to resolve import \"([^\"./][^\"]*)\"",
                        "the package {1} is not installed",
                        "npm install {1} && git commit -am 'Add {1}' (as a dependency, not a devDependency, when it runs)"),
                new Rule(
                        "module.missing",
                        "No module named '?([\\w.]+)'?",
                        "the Python package {1} is not installed, or no module of this commit",
                        "add it to requirements.txt (or pyproject.toml), commit, push again"),
                new Rule(
                        "module.missing",
                        "cannot load such file -- (\\S+)",
                        "the Ruby file or gem {1} is not there",
                        "add it to the Gemfile, bundle install, commit"),
                new Rule(
                        "module.missing",
                        "no required module provides package (\\S+?)[;:]",
                        "go.mod does not have {1}",
                        "go get {1} && git add go.mod go.sum && git commit"),
                new Rule(
                        "program.missing",
                        "(?:sh|bash): (?:line )?\\d+: ([\\w@.+-]+): (?:command )?not found",
                        "there is no program {1}",
                        "add the package that has it to the dependencies, or install it on the server"));
    }
}
