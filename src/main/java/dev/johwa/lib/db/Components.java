package dev.johwa.lib.db;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.argument.NamedArgumentFinder;
import org.jdbi.v3.core.statement.StatementContext;

/// The components of a record as named arguments of a statement, of records that only their own room sees too.
public final class Components implements NamedArgumentFinder {
    private final Record values;
    private final List<RecordComponent> components;

    private Components(Record values) {
        this.values = values;
        this.components = List.of(values.getClass().getRecordComponents());
    }

    /// To be given to `bindNamedArgumentFinder`.
    public static Components of(Record values) {
        return new Components(values);
    }

    @Override
    public Optional<Argument> find(String name, StatementContext context) {
        return components.stream()
                .filter(component -> component.getName().equals(name))
                .findFirst()
                .flatMap(component -> context.findArgumentFor(component.getGenericType(), value(component)));
    }

    private Object value(RecordComponent component) {
        try {
            var accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(values);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Collection<String> getNames() {
        return Arrays.stream(values.getClass().getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }
}
