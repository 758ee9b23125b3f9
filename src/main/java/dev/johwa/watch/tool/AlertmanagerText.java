package dev.johwa.watch.tool;

/// Where alerts go: what is urgent at once, the rest once a day. Source of the form:
/// prometheus.io/docs/alerting/latest/configuration.
final class AlertmanagerText {
    private AlertmanagerText() {}

    static String of() {
        return """
                # Made by `johwa eject --to alertmanager`. Write your own addresses below.
                route:
                  receiver: tickets
                  # One word for all that is wrong with an app.
                  group_by: [app, environment]
                  group_wait: 30s
                  group_interval: 5m
                  repeat_interval: 1d
                  routes:
                    - matchers: ['severity="page"']
                      receiver: pages
                      repeat_interval: 4h
                    # It always fires: give the receiver the address of a dead man's switch.
                    - matchers: ['alertname="JohwaWatchdog"']
                      receiver: watchdog
                      group_wait: 0s
                      group_interval: 1m
                      repeat_interval: 5m
                inhibit_rules:
                  # Who is called already needs no ticket of the same.
                  - source_matchers: ['severity="page"']
                    target_matchers: ['severity="ticket"']
                    equal: [app, environment]
                  # While the platform is away its figures are too.
                  - source_matchers: ['alertname="JohwaDown"']
                    target_matchers: ['alertname=~"Johwa(EdgeDown|BudgetBurns)"']
                receivers:
                  - name: pages
                    webhook_configs:
                      - url: http://127.0.0.1:9099/pages
                  - name: tickets
                    webhook_configs:
                      - url: http://127.0.0.1:9099/tickets
                  - name: watchdog
                    webhook_configs:
                      - url: http://127.0.0.1:9099/watchdog
                """;
    }
}
