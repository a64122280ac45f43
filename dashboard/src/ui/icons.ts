import Activity from 'lucide/dist/esm/icons/activity.mjs';
import ArrowUpToLine from 'lucide/dist/esm/icons/arrow-up-to-line.mjs';
import Ban from 'lucide/dist/esm/icons/ban.mjs';
import ArrowLeft from 'lucide/dist/esm/icons/arrow-left.mjs';
import Bookmark from 'lucide/dist/esm/icons/bookmark.mjs';
import Bot from 'lucide/dist/esm/icons/bot.mjs';
import Brain from 'lucide/dist/esm/icons/brain.mjs';
import ChartColumn from 'lucide/dist/esm/icons/chart-column.mjs';
import Check from 'lucide/dist/esm/icons/check.mjs';
import ChevronDown from 'lucide/dist/esm/icons/chevron-down.mjs';
import ChevronRight from 'lucide/dist/esm/icons/chevron-right.mjs';
import Circle from 'lucide/dist/esm/icons/circle.mjs';
import CircleCheck from 'lucide/dist/esm/icons/circle-check.mjs';
import CircleDot from 'lucide/dist/esm/icons/circle-dot.mjs';
import CircleX from 'lucide/dist/esm/icons/circle-x.mjs';
import Coins from 'lucide/dist/esm/icons/coins.mjs';
import Copy from 'lucide/dist/esm/icons/copy.mjs';
import Download from 'lucide/dist/esm/icons/download.mjs';
import Ellipsis from 'lucide/dist/esm/icons/ellipsis.mjs';
import Eye from 'lucide/dist/esm/icons/eye.mjs';
import FileIcon from 'lucide/dist/esm/icons/file.mjs';
import FilePlus from 'lucide/dist/esm/icons/file-plus.mjs';
import FileText from 'lucide/dist/esm/icons/file-text.mjs';
import FolderSearch from 'lucide/dist/esm/icons/folder-search.mjs';
import Funnel from 'lucide/dist/esm/icons/funnel.mjs';
import Gauge from 'lucide/dist/esm/icons/gauge.mjs';
import Globe from 'lucide/dist/esm/icons/globe.mjs';
import Hourglass from 'lucide/dist/esm/icons/hourglass.mjs';
import ImageIcon from 'lucide/dist/esm/icons/image.mjs';
import Keyboard from 'lucide/dist/esm/icons/keyboard.mjs';
import Layers from 'lucide/dist/esm/icons/layers.mjs';
import List from 'lucide/dist/esm/icons/list.mjs';
import ListTodo from 'lucide/dist/esm/icons/list-todo.mjs';
import Lock from 'lucide/dist/esm/icons/lock.mjs';
import MessagesSquare from 'lucide/dist/esm/icons/messages-square.mjs';
import Moon from 'lucide/dist/esm/icons/moon.mjs';
import Pause from 'lucide/dist/esm/icons/pause.mjs';
import Pencil from 'lucide/dist/esm/icons/pencil.mjs';
import Play from 'lucide/dist/esm/icons/play.mjs';
import Radio from 'lucide/dist/esm/icons/radio.mjs';
import RotateCcw from 'lucide/dist/esm/icons/rotate-ccw.mjs';
import Route from 'lucide/dist/esm/icons/route.mjs';
import ScrollText from 'lucide/dist/esm/icons/scroll-text.mjs';
import Search from 'lucide/dist/esm/icons/search.mjs';
import Settings from 'lucide/dist/esm/icons/settings.mjs';
import ShieldCheck from 'lucide/dist/esm/icons/shield-check.mjs';
import Snowflake from 'lucide/dist/esm/icons/snowflake.mjs';
import Sparkles from 'lucide/dist/esm/icons/sparkles.mjs';
import Star from 'lucide/dist/esm/icons/star.mjs';
import Sun from 'lucide/dist/esm/icons/sun.mjs';
import Tag from 'lucide/dist/esm/icons/tag.mjs';
import Terminal from 'lucide/dist/esm/icons/terminal.mjs';
import Trash from 'lucide/dist/esm/icons/trash.mjs';
import TriangleAlert from 'lucide/dist/esm/icons/triangle-alert.mjs';
import User from 'lucide/dist/esm/icons/user.mjs';
import Wrench from 'lucide/dist/esm/icons/wrench.mjs';
import X from 'lucide/dist/esm/icons/x.mjs';

/** An icon as elements of an SVG of 24 by 24: their names and attributes. */
export type IconShapes = readonly (readonly [string, Readonly<Record<string, string | number>>])[];

/** The icons in use, from Lucide (ISC licence). */
export const icons = {
  activity: Activity,
  agent: Bot,
  assistant: Sparkles,
  back: ArrowLeft,
  ban: Ban,
  bookmark: Bookmark,
  cacheBreak: Snowflake,
  chart: ChartColumn,
  check: Check,
  checked: CircleCheck,
  close: X,
  collapsed: ChevronRight,
  copy: Copy,
  cost: Coins,
  current: CircleDot,
  download: Download,
  edit: Pencil,
  error: CircleX,
  expanded: ChevronDown,
  eye: Eye,
  file: FileIcon,
  fileNew: FilePlus,
  fileText: FileText,
  filter: Funnel,
  folderSearch: FolderSearch,
  follow: ArrowUpToLine,
  gauge: Gauge,
  globe: Globe,
  image: ImageIcon,
  keyboard: Keyboard,
  layers: Layers,
  list: List,
  lock: Lock,
  messages: MessagesSquare,
  moon: Moon,
  more: Ellipsis,
  open: Circle,
  pause: Pause,
  play: Play,
  radio: Radio,
  retry: RotateCcw,
  prompts: ScrollText,
  routes: Route,
  search: Search,
  settings: Settings,
  shield: ShieldCheck,
  slow: Hourglass,
  star: Star,
  sun: Sun,
  tag: Tag,
  terminal: Terminal,
  thinking: Brain,
  todos: ListTodo,
  tool: Wrench,
  trash: Trash,
  user: User,
  warning: TriangleAlert,
} satisfies Record<string, IconShapes>;

export type IconName = keyof typeof icons;
