package dev.johwa.door.web;

import dev.johwa.door.api.DataList;
import dev.johwa.door.web.page.PlaceView;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.AppStatus;
import dev.johwa.serve.release.Release;
import dev.johwa.source.config.Values;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Gathers what the page of an environment tells. No server is asked for it and no name looked up.
final class Places {
    private static final int RELEASES = 8;

    private final WebRooms rooms;
    private final Overviews overviews;

    Places(WebRooms rooms, Overviews overviews) {
        this.rooms = rooms;
        this.overviews = overviews;
    }

    PlaceView.Place of(String project, String environment, Call call) {
        var statuses = overviews.statuses(project).stream()
                .filter(status -> status.where().environment().equals(environment))
                .toList();
        var places = statuses.stream().map(AppStatus::where).toList();
        boolean mayOperate = Overviews.mayOperate(call, project);
        var data = new DataItems(rooms.data(), rooms.releases()).known(Optional.of(project), places::contains);
        return new PlaceView.Place(
                project,
                environment,
                statuses.stream()
                        .map(status -> app(status, of(status.where(), data), mayOperate))
                        .toList(),
                overviews.out(project, places, RELEASES),
                rooms.schedules().list(places::contains).stream()
                        .map(JobRoutes::item)
                        .toList(),
                mayOperate);
    }

    private static List<DataList.Item> of(AppEnvironment where, List<DataList.Item> data) {
        return data.stream().filter(item -> item.app().equals(where.name())).toList();
    }

    private PlaceView.App app(AppStatus status, List<DataList.Item> data, boolean mayOperate) {
        var where = status.where();
        return new PlaceView.App(
                overviews.placed(status),
                ClosureRoutes.shown(rooms.releases().closures(), where),
                status.wanted(),
                rooms.releases()
                        .current(where)
                        .map(release -> settings(where, release, data, mayOperate))
                        .orElse(List.of()),
                data,
                rooms.domains().of(where.project(), where.app(), where.environment()).stream()
                        .map(each -> new PlaceView.Name(each.name(), each.certificate(), each.until(), each.problem()))
                        .toList());
    }

    /// Names of what the release was given, with where each came from; those of secrets for who may set them.
    private List<PlaceView.Setting> settings(
            AppEnvironment where, Release release, List<DataList.Item> data, boolean mayOperate) {
        var scope = new Values.Scope(where.project(), where.app(), release.layer());
        var ours = data.stream()
                .filter(item -> !item.isFolder())
                .map(DataList.Item::variable)
                .collect(Collectors.toSet());
        var set = rooms.values().list(scope);
        var settings = new ArrayList<PlaceView.Setting>();
        // What the project's file says wins over what people set.
        release.settings()
                .values()
                .forEach((name, value) ->
                        settings.add(new PlaceView.Setting(name, value.equals(set.get(name)) ? "envs" : "file")));
        ours.forEach(name -> settings.add(new PlaceView.Setting(name, "data")));
        if (mayOperate) {
            secrets(scope, ours).forEach(name -> settings.add(new PlaceView.Setting(name, "secret")));
        }
        return settings.stream()
                .sorted(Comparator.comparing(PlaceView.Setting::name))
                .toList();
    }

    private List<String> secrets(Values.Scope scope, Set<String> ours) {
        return rooms.values().secretNames(scope).stream()
                .filter(name -> !ours.contains(name))
                .toList();
    }
}
