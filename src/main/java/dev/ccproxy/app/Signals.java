package dev.ccproxy.app;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;

/**
 * Operating-system signals. The JDK's only way to see each of several signals, and to exit 0 after one, is the
 * unsupported {@code sun.misc.Signal}; it is reached by reflection because the compiler warns about it without a way to
 * say otherwise.
 */
final class Signals {

    private Signals() {}

    /** Calls {@code handler} with the name, such as {@code TERM}, on a thread of its own for each signal that arrives. */
    static void on(String name, Consumer<String> handler) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            Object handlerProxy = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handlerType}, (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            handler.accept(name);
                        }
                        return null;
                    });
            signal.getMethod("handle", signal, handlerType)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), handlerProxy);
        } catch (InvocationTargetException taken) {
            throw new IllegalStateException("cannot listen for SIG" + name + ": " + taken.getCause(), taken);
        } catch (ReflectiveOperationException missing) {
            throw new IllegalStateException("this JDK has no sun.misc.Signal", missing);
        }
    }
}
