// The parts of ECharts that our charts are made of, and nothing else. Import it only with import(), so that a page
// without charts never loads it.
import { CustomChart, GraphChart } from "echarts/charts";
import { GeoComponent, GridComponent, TooltipComponent } from "echarts/components";
import { init, registerMap, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

use([CustomChart, GraphChart, GeoComponent, GridComponent, TooltipComponent, CanvasRenderer]);

export { init, registerMap };
