package dev.johwa.door.web;

import java.util.List;
import java.util.stream.Stream;

/// Every route there is, one file a resource.
final class AllRoutes {
    private final WebRooms rooms;
    private final HttpMeter meter;

    AllRoutes(WebRooms rooms, HttpMeter meter) {
        this.rooms = rooms;
        this.meter = meter;
    }

    List<Route> all() {
        var works = new LongWorks(rooms.tasks(), rooms.clock());
        var described = Stream.of(new HealthRoutes(rooms.readiness()).all(), new OperationRoutes(works).all())
                .flatMap(List::stream)
                .toList();
        return described;
    }
}
