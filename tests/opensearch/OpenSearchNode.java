import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.plugins.Plugin;
import org.opensearch.transport.Netty4Plugin;

/**
 * Runs one node of a test cluster, with the HTTP server from the class path, and the k-NN plugin if it
 * is there. Arguments are settings, name=value. It ends when its input does, so that it never outlives
 * whoever started it.
 */
public final class OpenSearchNode extends Node {
    private OpenSearchNode(Environment environment) {
        super(environment, plugins(), true);
    }

    private static List<Class<? extends Plugin>> plugins() {
        List<Class<? extends Plugin>> plugins = new ArrayList<>(List.of(Netty4Plugin.class));
        try {
            plugins.add(Class.forName("org.opensearch.knn.plugin.KNNPlugin").asSubclass(Plugin.class));
        } catch (ClassNotFoundException absent) {
            // A cluster without vectors.
        }
        return plugins;
    }

    public static void main(String[] arguments) throws Exception {
        Settings.Builder settings = Settings.builder().put("http.type", "netty4").put("transport.type", "netty4");
        for (String argument : arguments) {
            String[] pair = argument.split("=", 2);
            if (pair[1].contains(",")) {
                settings.putList(pair[0], pair[1].split(","));
            } else {
                settings.put(pair[0], pair[1]);
            }
        }
        Environment environment =
            InternalSettingsPreparer.prepareEnvironment(settings.build(), Map.of(), null, () -> "node");
        new OpenSearchNode(environment).start();
        while (System.in.read() != -1) {}
        Runtime.getRuntime().halt(0);
    }
}
