"""What can be wrong: every sentence a problem may say, in Chinese and in English."""

from collections.abc import Mapping

SENTENCES: Mapping[str, tuple[str, str]] = {
    # What a file is.
    "no_file": ("找不到文件；请检查路径", "no such file; check the path"),
    "is_folder": (
        "是文件夹；请给出其中的方案文件",
        "is a folder; name the scenario file in it",
    ),
    "unreadable": ("无法读取：{reason}", "cannot be read: {reason}"),
    "no_scenario": (
        "既不是文件，也不是自带方案；自带方案有：{known}",
        "is neither a file nor a shipped scenario; shipped: {known}",
    ),
    "empty": ("文件是空的；请参照自带方案填写", "the file is empty; start from a shipped scenario"),
    "binary": (
        "不是 UTF-8 文本文件；请用 UTF-8 编码另存",
        "is not UTF-8 text; save it again in UTF-8",
    ),
    "huge": (
        "文件有 {size} MB，超过上限 {limit} MB；请确认这是方案文件",
        "has {size} MB, over the limit of {limit} MB; is this a scenario file?",
    ),
    "not_toml": ("TOML 语法错误：{reason}", "is not valid TOML: {reason_en}"),
    "too_deep": ("嵌套层数过多", "is nested too deeply"),
    "extends_loop": (
        "extends 形成循环：{loop}；请去掉其中一个",
        "extends goes in a circle: {loop}; remove one of them",
    ),
    "extends_type": (
        "extends 应为另一个方案文件的相对路径，或自带方案的编号",
        "extends must be another scenario's relative path, or the id of a shipped one",
    ),
    "no_base": (
        "找不到所继承的文件 {found}；应为从本文件所在文件夹起的路径，或自带方案的编号",
        "the file it extends, {found}, does not exist; give its path from this file's folder,"
        " or the id of a shipped scenario",
    ),
    "nothing_to_remove": (
        "没有继承到这一项，无从删去",
        "nothing is inherited here, so there is nothing to remove",
    ),
    "remove_alone": (
        "要删去继承的内容，表中只能写 remove = true",
        "to drop what is inherited, the table holds remove = true and nothing else",
    ),
    "disturbed": (
        "文件已被他人改动；请先选择重新载入，或保留自己的内容",
        "has been changed by somebody else; first reload it, or keep yours",
    ),
    "cannot_write": ("无法写入：{reason}", "cannot be written: {reason}"),
    "not_json": ("不是有效的 JSON：{reason}", "is not valid JSON: {reason}"),
    "not_manifest": (
        "没有可用的清单（manifest）；缺少或无法使用：{missing}",
        "holds no usable manifest; missing or unusable: {missing}",
    ),
    "not_facts": (
        "不是本程序写出的事实文件：{reason}",
        "is not a facts file of this program: {reason}",
    ),
    # What a field may be.
    "missing": ("缺少必填项 {name}", "{name} is required but missing"),
    "unknown_key": (
        "不认识的字段；{hint}",
        "unknown key; {hint_en}",
    ),
    "type": ("应为{expected}，现为{found}", "must be {expected_en}, found {found_en}"),
    "choice": ("应为 {expected} 之一，现为 {found}", "must be one of {expected}, found {found}"),
    "only_choice": ("只能是 {expected}，现为 {found}", "can only be {expected}, found {found}"),
    "at_least": ("不能小于 {limit}，现为 {found}", "must be at least {limit}, found {found}"),
    "above": ("必须大于 {limit}，现为 {found}", "must be above {limit}, found {found}"),
    "at_most": ("不能大于 {limit}，现为 {found}", "must be at most {limit}, found {found}"),
    "below": ("必须小于 {limit}，现为 {found}", "must be below {limit}, found {found}"),
    "too_short": ("至少要有 {limit} 项", "has too few entries; at least: {limit}"),
    "too_long": ("最多 {limit} 项", "has too many entries; at most: {limit}"),
    "bad_id": (
        "{found} 不能作为标识；请用文字、数字、连字符或下划线，以文字或数字开头，最长 80 个字",
        "{found} cannot be an id; use letters, digits, hyphens and underscores,"
        " beginning with a letter or digit, 80 at most",
    ),
    "not_finite": ("必须是有限的数", "must be a finite number"),
    "other": ("无法使用：{reason}", "cannot be used: {reason}"),
    "wrong_order": (
        "{lower}（{a}）不能大于 {upper}（{b}）",
        "{lower} ({a}) must not be above {upper} ({b})",
    ),
    "not_ascending": ("分位数必须从小到大", "quantiles must not fall"),
    "arrivals_need": ('kind = "{kind}" 需要给出 {names}', 'kind = "{kind}" needs {names}'),
    "arrivals_idle": (
        'kind = "{kind}" 用不到 {names}；请删去',
        'kind = "{kind}" has no use for {names}; remove it',
    ),
    # What must fit together.
    "unknown_reference": (
        "没有名为 {found} 的{what}；现有：{known}",
        "there is no {what_en} named {found}; there are: {known}",
    ),
    "same_id": (
        "环节和里程碑不能同名：{name}",
        "a stage and a milestone must not share the id {name}",
    ),
    "cycle": (
        "先后关系形成循环：{loop}；请去掉其中一条",
        "the stages wait for each other in a circle: {loop}; remove one of these dependencies",
    ),
    "needs_predecessor": (
        "里程碑必须等待至少一个环节；请填写 after",
        "a milestone must wait for at least one stage; fill in after",
    ),
    "unneeded_stage": (
        "没有任何里程碑需要这个环节；请把它加入某个 after，或删去",
        "no milestone needs this stage; name it in some after, or remove it",
    ),
    "only_with": (
        '只有 relaxed = "{mode}" 时才有意义',
        'has a meaning only with relaxed = "{mode}"',
    ),
    "shares": (
        "各项份额之和应为 1，现为 {total}",
        "shares must add up to 1, they add up to {total}",
    ),
    "rework_missing": (
        "有补正概率时必须给出 rework（补正时间）",
        "a correction probability needs a rework duration",
    ),
    "remedy_missing": (
        "存在可延后（deferred）的边时必须给出 remedy（整改时间）",
        "deferred edges need a remedy duration",
    ),
    "reserved_attribute": (
        "{name} 是保留的属性名，请换一个",
        "{name} is a reserved attribute; choose another name",
    ),
    "too_many_forms": (
        "属性组合过多（{count} 种，上限 {limit}）；请减少变体用到的属性",
        "has {count} combinations of attributes, over the limit of {limit};"
        " let its variants depend on fewer attributes",
    ),
    "no_projects": (
        "没有项目：请填写 count 和 arrivals，或用 [[project]] 逐个列出",
        "there are no projects: give count and arrivals, or list them as [[project]]",
    ),
    "count_and_list": (
        "已用 [[project]] 列出项目，不能再给 count",
        "projects are listed as [[project]], so count must go",
    ),
    "no_arrivals": (
        "给出 count 时必须给出 arrivals",
        "count needs arrivals",
    ),
    "no_signing_date": (
        "没有 signed（签约日期），也没有可抽取日期的 [projects.arrivals]",
        "has no signed date, and there are no [projects.arrivals] to draw it from",
    ),
    "twice": ("标识 {name} 出现了不止一次", "the id {name} is used more than once"),
    "before_start": (
        "{found} 早于方案起点 {start}",
        "{found} lies before the scenario's start {start}",
    ),
    "after_end": (
        "{found} 晚于方案终点 {end}，那时的情况没有模拟",
        "{found} lies after the scenario's end {end}; what is then is not simulated",
    ),
    "target_before_signing": (
        "目标日期 {found} 早于签约日期 {signed}",
        "the target {found} lies before the signing date {signed}",
    ),
    "end_before_start": ("end 必须晚于 start", "end must lie after start"),
    "both_kinds_of_day": (
        "{found} 不能既是假日又是工作日",
        "{found} cannot be both a holiday and a working day",
    ),
    "no_commitment": (
        "方案没有 [commitment]，无法使用承诺路径",
        "the scenario has no [commitment], so nothing can take that path",
    ),
    "no_supervision": (
        "方案没有 [supervision]，没有督导可以打开或关闭",
        "the scenario has no [supervision], so there is none to switch",
    ),
    "no_grades": (
        "政策没有列出信用等级；请在 [commitment.grades] 中至少给出一个",
        "the policy lists no credit grade; give at least one in [commitment.grades]",
    ),
    "not_relaxable": (
        "{found} 不是可放宽的边；可放宽的有：{known}",
        "{found} is not a relaxable edge; there are: {known}",
    ),
    "calendar_range": (
        "日期 {found} 超出日历支持的范围（1950–2060 年）",
        "{found} is outside the years the calendar knows (1950-2060)",
    ),
    # What a caller asks for.
    "unknown_project": (
        "没有编号为 {found} 的项目；例如：{known}",
        "there is no project {found}; for example: {known}",
    ),
    "different_shape": (
        "两个方案不能逐一配对：{reason}",
        "the two scenarios cannot be compared pair by pair: {reason_en}",
    ),
    "no_kernel": (
        "无法编译快速引擎；请检查能否写入 {folder}，或改用 --engine simpy",
        "the quick engine cannot be compiled; check that {folder} can be written,"
        " or use --engine simpy",
    ),
    "no_desktop": (
        '没有安装桌面界面；请执行 pip install "approvalsim[desktop]"',
        'the desktop app is not installed; run pip install "approvalsim[desktop]"',
    ),
    "no_qt": (
        "桌面界面无法启动，缺少系统库：{reason}",
        "the desktop app cannot start, a library of the system is missing: {reason}",
    ),
    "no_chinese_font": (
        '这台电脑没有中文字体，写不出 PDF；请安装一种，或执行 pip install "approvalsim[font]"；'
        "HTML 不受影响",
        "this computer has no Chinese font to write the PDF with; install one, or run"
        ' pip install "approvalsim[font]"; HTML needs none',
    ),
    "bad_address": (
        "集群地址应写成 主机:端口 或 tcp://主机:端口，例如 tcp://10.0.0.5:8786；现为 {found}",
        "a cluster's address is host:port or tcp://host:port, such as tcp://10.0.0.5:8786,"
        " found {found}",
    ),
    "no_dask": (
        '没有安装集群支持；请执行 pip install "approvalsim[cluster]"',
        'support for clusters is not installed; run pip install "approvalsim[cluster]"',
    ),
    "no_scheduler": (
        "{address} 在 {seconds} 秒内没有回应；请检查地址，或先用 dask scheduler 启动调度器",
        "{address} did not answer within {seconds} s; check the address,"
        " or start a scheduler there with: dask scheduler",
    ),
    "not_scheduler": (
        "无法与 {address} 的 dask 调度器对话：{reason}",
        "cannot talk to a dask scheduler at {address}: {reason}",
    ),
    "no_workers": (
        "集群 {address} 已有 {seconds} 秒没有任何工作进程；请用 dask worker {address} 启动",
        "the cluster {address} has had no worker for {seconds} s;"
        " start some with: dask worker {address}",
    ),
    "foreign": (
        "{places} 的 {name} 是 {there}，这里是 {here}；各处装的必须相同，结果才逐位相同",
        "{places}: {name} is {there}, here it is {here};"
        " results are the same to the last bit only if every place has the same",
    ),
    "no_approvalsim": (
        "{places} 无法运行 approvalsim：{reason}；请在那里安装与这里相同的版本",
        "{places}: cannot run approvalsim: {reason}; install the same version there as here",
    ),
    "workers_died": (
        "{count} 个工作进程先后在同一批重复中退出，最后是 {worker}；请看它的日志，"
        "常见原因是内存不足或没有安装 approvalsim",
        "{count} workers died of the same batch, the last was {worker}; its log says why,"
        " often for want of memory, or of approvalsim",
    ),
    "cluster_lost": (
        "与集群 {address} 的连接已断开",
        "the connection to the cluster {address} is lost",
    ),
    "bad_precision": (
        "精度应写成天数，例如 2d；现为 {found}",
        "precision is a number of days such as 2d, found {found}",
    ),
    "option": ("{option}：{reason}", "{option}: {reason_en}"),
    # What an analysis shall change.
    "bad_path": (
        "不是方案中的位置；写法例如 stage.eia.review.mode",
        "is no place of a scenario; write for example stage.eia.review.mode",
    ),
    "bad_values": (
        "应写成 位置=起:止:步长，或 位置=值,值,值；现为 {found}",
        "must be PATH=FROM:TO:STEP or PATH=VALUE,VALUE,VALUE, found {found}",
    ),
    "too_many": ("取值太多，上限 {limit} 个", "has too many values; at most {limit}"),
    "not_single": (
        "不是单个的值；请写到其中的一个，例如 {example}",
        "is not a single value; name one inside it, such as {example}",
    ),
    "not_an_input": (
        "不说明事情怎样进行，无从分析；重复次数和种子用 -n 和 --seed",
        "says nothing about how things go; replications and seed are set by -n and --seed",
    ),
    "other_sweep": (
        "不是这次扫描的结果（不同之处：{differs}）；请换一个文件名，或用 --restart 重新开始",
        "holds another sweep, or none (differs in: {differs_en}); name another file,"
        " or begin anew with --restart",
    ),
    "nothing_uncertain": (
        "方案中没有不确定的参数，无从分析",
        "the scenario has no uncertain input, so there is nothing to analyse",
    ),
    "no_salib": (
        '没有安装 SALib；请执行 pip install "approvalsim[sobol]"，或用 --method tornado',
        'SALib is not installed; run pip install "approvalsim[sobol]", or use --method tornado',
    ),
    "no_duration": (
        "方案没有这个时间分布，无从改动其中的数",
        "the scenario has no such duration, so there is no number in it to change",
    ),
    # What a register says, and how it is kept.
    "dates_fall": (
        "{later}（{found}）早于{earlier}（{limit}）；请核对两个日期",
        "{later_en} ({found}) lies before {earlier_en} ({limit}); check both dates",
    ),
    "before_signing": (
        "{found} 早于签约日期 {signed}",
        "{found} lies before the signing date {signed}",
    ),
    "after_as_of": (
        "{found} 晚于截止日 {as_of}；台账只记已经发生的事",
        "{found} lies after {as_of}; a register holds only what has happened",
    ),
    "after_left": (
        "{found} 晚于项目退出的日期 {left}",
        "{found} lies after {left}, when the project was given up",
    ),
    "not_workbook": (
        "不是可以打开的 Excel 工作簿：{reason}；请在 Excel 或 WPS 中另存为 .xlsx（不加密码）",
        "is not an Excel workbook that can be opened: {reason_en};"
        " save it as .xlsx, without a password",
    ),
    "no_table": (
        "没有找到项目表；需要一行表头，其中有“项目编号”（或“序号”）和“项目名称”等列",
        "holds no table of projects; one row must have headings such as Project id and Name",
    ),
    "two_tables": (
        "有几张表都像项目台账：{found}；请把要用的一张命名为“项目台账”",
        "has several tables of projects: {found}; name the one to use 项目台账 or Projects",
    ),
    "no_column": ("缺少“{name}”一列", "has no column for {name_en}"),
    "two_columns": (
        "这一列与 {other} 列同为“{name}”；请只留一列，或改名",
        "this column and {other} are both {name_en}; keep one, or rename it",
    ),
    "not_a_date": (
        "“{found}”不是完整的日期；请写成 2022-03-05 这样的年月日，没有则留空",
        "{found} is no full date; write year, month and day such as 2022-03-05, or leave it empty",
    ),
    "not_a_number": (
        "“{found}”不是数；请只写数字，例如 1.5",
        "{found} is no number; write digits only, such as 1.5",
    ),
    "no_unit": (
        "看不出投资额的单位；请在表头写明（亿元）或（万元）",
        "the unit of the investment is not clear; say so in the heading: (100 million yuan)",
    ),
    "no_value": (
        "公式没有保存结果；请在 Excel 或 WPS 中打开、保存一次，或直接填值",
        "the formula has no stored result; open and save the file in Excel, or type the value",
    ),
    "two_values": (
        "同一项目的几行写了不同的内容：{first}、{found}；请只留一个",
        "the rows of one project say different things: {first}, {found}; keep one",
    ),
    "two_projects": (
        "有几个项目都叫“{found}”；请改写项目编号",
        "several projects are called {found}; give the project's id instead",
    ),
    "would_lose": (
        "其中有保存时无法保留的内容（{found}）；请换一个文件名导出",
        "holds things that saving would lose ({found}); export to another file",
    ),
    "exists": ("文件已存在，没有改动；请换一个文件名", "exists and was left alone; name another"),
    "opened_by": (
        "已由 {who}（{place}）于 {since} 打开；现在只能查看，等对方关闭后再修改",
        "is open since {since} by {who} ({place}); it can be read now, and changed once closed"
        " there",
    ),
    "only_read": (
        "是以只读方式打开的，不能修改",
        "was opened for reading only and cannot be changed",
    ),
    "no_entries": (
        "没有在办的项目；请先登记，或核对退出日期",
        "holds no project that goes on; enter some, or check the dates they left",
    ),
    "nothing_to_plan": (
        "没有可以倒排的项目：请给出目标日期；已达到里程碑的项目不再倒排",
        "there is nothing to plan: give a target date; projects that have got to the milestone"
        " already are not planned",
    ),
    "not_register": (
        "不是项目台账文件（.approvalsim）：{reason}",
        "is not a register (.approvalsim): {reason}",
    ),
    "newer_register": (
        "由更新版本的程序写成（格式 {found}，这里到 {known}）；请升级程序",
        "was written by a newer program (format {found}, known here up to {known}); update it",
    ),
}
"""By the name that `errors.Problem` calls them by; braces stand for its words."""
