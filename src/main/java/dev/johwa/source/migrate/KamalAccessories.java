package dev.johwa.source.migrate;

/// What Kamal runs beside an application: databases and the like. A service of a compose file is the same here.
final class KamalAccessories {
    private static final String PORT = "services find each other by their names; nothing else reaches them";

    private KamalAccessories() {}

    static void tell(Entry entry, Sheet sheet) {
        if (entry.get("image").isEmpty()) {
            sheet.notYet(entry, "it does not say which image runs");
        }
        new Rules()
                .on("*.*.image", KamalAccessories::image)
                .noNeed("it has the name of its service", "*.*.service")
                .noNeed("there is one server", "*.*.host", "*.*.hosts", "*.*.role", "*.*.roles", "*.*.tag", "*.*.tags")
                .noNeed(PORT, "*.*.port", "*.*.network")
                .on(
                        "*.*.registry",
                        (each, same) -> same.byHandUnseen(each, "the engine logs in there by itself: docker login"))
                .on("*.*.labels", (each, same) -> same.noNeedUnseen(each, "containers have the platform's own labels"))
                .on("*.*.cmd", (each, same) -> same.byHandUnseen(each, within(each, "command")))
                .on("*.*.env.secret.#", KamalAccessories::secret)
                .on("*.*.env.clear.*", (each, same) -> same.byHandUnseen(each, within(each, "environment")))
                .on("*.*.env.*", (each, same) -> same.byHandUnseen(each, within(each, "environment")))
                .on("*.*.files", (each, same) -> same.byHandUnseen(each, within(each, "volumes: [./FILE:/PATH]")))
                .on("*.*.directories", (each, same) -> same.byHandUnseen(each, within(each, "volumes: [NAME:/PATH]")))
                .on("*.*.volumes", (each, same) -> same.byHandUnseen(each, within(each, "volumes: [NAME:/PATH]")))
                .on("*.*.options", (each, same) -> same.byHandUnseen(each, within(each, "deploy: {resources: …}")))
                .on("*.*.proxy", (each, same) -> same.byHandUnseen(each, within(each, "ports: [\"8080\"]")))
                .on("*.*.healthcheck", (each, same) -> same.byHandUnseen(each, within(each, "healthcheck")))
                .tell(entry, sheet);
    }

    private static String service(Entry entry) {
        return entry.path().get(1);
    }

    private static String within(Entry entry, String key) {
        return "in compose.yaml, below " + service(entry) + ": " + key;
    }

    private static void image(Entry entry, Sheet sheet) {
        sheet.byHand(
                entry,
                "a service of compose.yaml, beside the one that is built of the Dockerfile: " + service(entry)
                        + ": {image: " + entry.text().orElse("") + "}");
    }

    /// References of a compose file see the secrets of the project.
    private static void secret(Entry entry, Sheet sheet) {
        sheet.keep(entry, entry.text().orElse("").replaceFirst(":.*", ""), "");
    }
}
