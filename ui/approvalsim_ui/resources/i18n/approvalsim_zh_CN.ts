<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Actions</name>
    <message>
        <source>&amp;New scenario</source>
        <translation>新建方案(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>打开(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>Save &amp;as…</source>
        <translation>另存为(&amp;A)…</translation>
    </message>
    <message>
        <source>&amp;Duplicate as variant</source>
        <translation>复制为变体(&amp;D)</translation>
    </message>
    <message>
        <source>Export repor&amp;t…</source>
        <translation>导出汇报(&amp;T)…</translation>
    </message>
    <message>
        <source>&amp;Close scenario</source>
        <translation>关闭方案(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Run all replications</source>
        <translation>全部重新运行(&amp;R)</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>停止(&amp;T)</translation>
    </message>
    <message>
        <source>S&amp;wap A and B</source>
        <translation>互换 A 与 B(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Follow every edit at once</source>
        <translation>随改随算(&amp;F)</translation>
    </message>
    <message>
        <source>Copy &amp;manifest</source>
        <translation>复制清单(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Scenario library</source>
        <translation>方案库(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Evidence</source>
        <translation>出处(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Check</source>
        <translation>体检(&amp;C)</translation>
    </message>
    <message>
        <source>Run s&amp;ettings</source>
        <translation>运行设置(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>浅色(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>深色(&amp;D)</translation>
    </message>
    <message>
        <source>As the &amp;system</source>
        <translation>跟随系统(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Tour</source>
        <translation>导览(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;About</source>
        <translation>关于(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>运行(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>L&amp;ooks</source>
        <translation>外观(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>语言(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Recent files</source>
        <translation>最近的文件(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Examples</source>
        <translation>自带方案(&amp;E)</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Dismiss this message</source>
        <translation>关闭此消息</translation>
    </message>
</context>
<context>
    <name>BarredProjects</name>
    <message>
        <source>Never on the commitment path</source>
        <translation>始终不走承诺路径的项目</translation>
    </message>
</context>
<context>
    <name>ChangeBar</name>
    <message>
        <source>As in the file</source>
        <translation>与文件一致</translation>
    </message>
    <message>
        <source>1 value differs from the file</source>
        <translation>1 处与文件不同</translation>
    </message>
    <message>
        <source>{number} values differ from the file</source>
        <translation>{number} 处与文件不同</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>全部还原</translation>
    </message>
    <message>
        <source>Put back everything the file says</source>
        <translation>全部改回文件中的数值</translation>
    </message>
    <message>
        <source>Values that differ from the file</source>
        <translation>与文件不同的数值</translation>
    </message>
</context>
<context>
    <name>ChartCard</name>
    <message>
        <source>Picture copied.</source>
        <translation>图片已复制。</translation>
    </message>
    <message>
        <source>Table copied.</source>
        <translation>表格已复制。</translation>
    </message>
    <message>
        <source>Choose a name that ends in .png, .svg or .csv.</source>
        <translation>文件名请以 .png、.svg 或 .csv 结尾。</translation>
    </message>
    <message>
        <source>Could not save {path}: {reason}</source>
        <translation>无法保存 {path}：{reason}</translation>
    </message>
    <message>
        <source>Saved: {path}</source>
        <translation>已保存：{path}</translation>
    </message>
    <message>
        <source>Show the chart</source>
        <translation>看图</translation>
    </message>
    <message>
        <source>Show the table</source>
        <translation>看表</translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation>复制图片</translation>
    </message>
    <message>
        <source>Copy table</source>
        <translation>复制表格</translation>
    </message>
    <message>
        <source>Save as picture (PNG)…</source>
        <translation>存为图片（PNG）…</translation>
    </message>
    <message>
        <source>Save as drawing (SVG)…</source>
        <translation>存为矢量图（SVG）…</translation>
    </message>
    <message>
        <source>Save figures (CSV)…</source>
        <translation>存为数据（CSV）…</translation>
    </message>
    <message>
        <source>Copy (Ctrl+C)</source>
        <translation>复制（Ctrl+C）</translation>
    </message>
    <message>
        <source>Copy or save</source>
        <translation>复制或保存</translation>
    </message>
</context>
<context>
    <name>CheckPanel</name>
    <message>
        <source>Nothing to check yet.</source>
        <translation>还没有可检查的内容。</translation>
    </message>
    <message>
        <source>No problems: the scenario can be run.</source>
        <translation>没有问题，方案可以运行。</translation>
    </message>
    <message>
        <source>{number} worth a look.</source>
        <translation>有 {number} 处值得留意。</translation>
    </message>
    <message>
        <source>1 problem</source>
        <translation>1 个问题</translation>
    </message>
    <message>
        <source>{number} problems</source>
        <translation>{number} 个问题</translation>
    </message>
    <message>
        <source>{file} cannot be opened until they are put right. It has not been changed.</source>
        <translation>改正之前无法打开 {file}；文件没有被改动。</translation>
    </message>
    <message>
        <source>Press Enter on a line to go to its field.</source>
        <translation>选中一行按回车，可转到对应的字段。</translation>
    </message>
    <message>
        <source>{all} numbers: {sourced} with a source, {assumed} assumed, {silent} say nothing.</source>
        <translation>共 {all} 个数值：{sourced} 个有出处，{assumed} 个为假设，{silent} 个未注明。</translation>
    </message>
    <message>
        <source>Show all assumed numbers</source>
        <translation>查看全部假设</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>问题</translation>
    </message>
</context>
<context>
    <name>ColumnChooser</name>
    <message>
        <source>Columns</source>
        <translation>显示列</translation>
    </message>
    <message>
        <source>Dates of each stage</source>
        <translation>每个环节的日期</translation>
    </message>
    <message>
        <source>Stages</source>
        <translation>环节</translation>
    </message>
    <message>
        <source>Milestones</source>
        <translation>里程碑</translation>
    </message>
    <message>
        <source>Your own columns</source>
        <translation>自己加的列</translation>
    </message>
    <message>
        <source>Which columns are shown</source>
        <translation>选择显示哪些列</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>Forget these files</source>
        <translation>清除列表</translation>
    </message>
</context>
<context>
    <name>Compare</name>
    <message>
        <source>standard process</source>
        <translation>标准流程</translation>
    </message>
    <message>
        <source>commitments allowed</source>
        <translation>容缺承诺</translation>
    </message>
    <message>
        <source>without supervision</source>
        <translation>没有督导</translation>
    </message>
    <message>
        <source>with supervision</source>
        <translation>有督导</translation>
    </message>
    <message>
        <source>before</source>
        <translation>修改前</translation>
    </message>
    <message>
        <source>after</source>
        <translation>修改后</translation>
    </message>
    <message>
        <source>No project reaches {goal} in both A and B.</source>
        <translation>没有项目在 A、B 两边都{goal}。</translation>
    </message>
    <message>
        <source>A and B do not differ at all.</source>
        <translation>A 和 B 没有差别。</translation>
    </message>
    <message>
        <source>B is {days} days earlier on average.</source>
        <translation>B 平均快 {days} 天。</translation>
    </message>
    <message>
        <source>B is {days} days later on average.</source>
        <translation>B 平均慢 {days} 天。</translation>
    </message>
    <message>
        <source>No sure difference: the 95 % interval of the mean ({interval} days) holds 0.</source>
        <translation>看不出确定的差别：平均差的 95% 区间（{interval} 天）包含 0。</translation>
    </message>
    <message>
        <source>B is {days} days earlier on average (95 % interval {interval}).</source>
        <translation>B 平均快 {days} 天（95% 区间 {interval}）。</translation>
    </message>
    <message>
        <source>B is {days} days later on average (95 % interval {interval}).</source>
        <translation>B 平均慢 {days} 天（95% 区间 {interval}）。</translation>
    </message>
</context>
<context>
    <name>CurveChart</name>
    <message>
        <source>How long from signing</source>
        <translation>签约后要多久</translation>
    </message>
    <message>
        <source>From signing to {goal}</source>
        <translation>签约后多久{goal}</translation>
    </message>
    <message>
        <source>On one side no project reaches {goal}.</source>
        <translation>有一边没有项目{goal}。</translation>
    </message>
    <message>
        <source>Of the projects that reach {goal}, half do so within {b50} days of signing under B ({a50} under A), and 8 in 10 within {b80} ({a80}).</source>
        <translation>会{goal}的项目里，B 有一半在签约后 {b50} 天内{goal}（A 为 {a50} 天），10 个中有 8 个在 {b80} 天内（A 为 {a80} 天）。</translation>
    </message>
    <message>
        <source>Days from signing</source>
        <translation>签约后天数</translation>
    </message>
    <message>
        <source>Difference B − A</source>
        <translation>差 B − A</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>平均</translation>
    </message>
    <message>
        <source>share that got there</source>
        <translation>已达成的占比</translation>
    </message>
    <message>
        <source>calendar days from signing</source>
        <translation>签约后的日历天数</translation>
    </message>
    <message>
        <source>{side} {level} {days} days</source>
        <translation>{side} {level} {days} 天</translation>
    </message>
    <message>
        <source>target: {days} days</source>
        <translation>目标 {days} 天</translation>
    </message>
    <message>
        <source>Within {days} days: A {a}, B {b} of them.</source>
        <translation>{days} 天内达成的：A {a}，B {b}。</translation>
    </message>
    <message>
        <source>within {days} days</source>
        <translation>签约后 {days} 天内</translation>
    </message>
</context>
<context>
    <name>DateCellDelegate</name>
    <message>
        <source>Calendar (Alt+Down)</source>
        <translation>日历（Alt+向下键）</translation>
    </message>
</context>
<context>
    <name>DateChips</name>
    <message>
        <source>Dates</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>加日期</translation>
    </message>
    <message>
        <source>Count projects at one more date</source>
        <translation>再看一个日期的比率</translation>
    </message>
    <message>
        <source>Reporting date {n}</source>
        <translation>第 {n} 个统计日期</translation>
    </message>
    <message>
        <source>Take this date away</source>
        <translation>去掉这个日期</translation>
    </message>
    <message>
        <source>Take date {n} away</source>
        <translation>去掉第 {n} 个日期</translation>
    </message>
</context>
<context>
    <name>DemandTableModel</name>
    <message>
        <source>A demand needs the date on which it was raised.</source>
        <translation>诉求必须有提出日期。</translation>
    </message>
    <message>
        <source>Days open</source>
        <translation>已历天数</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>closed after {days}</source>
        <translation>{days} 天办结</translation>
    </message>
    <message>
        <source>Demand {id}</source>
        <translation>诉求 {id}</translation>
    </message>
</context>
<context>
    <name>DepartmentPanel</name>
    <message>
        <source>Reviewers of {}</source>
        <translation>{}的审查席位</translation>
    </message>
    <message>
        <source>One more</source>
        <translation>加 1 人</translation>
    </message>
    <message>
        <source>One more reviewer for {}</source>
        <translation>给{}加 1 名审查人员</translation>
    </message>
    <message>
        <source>{} meets every</source>
        <translation>{}会审，每</translation>
    </message>
    <message>
        <source>days</source>
        <translation>天一次</translation>
    </message>
    <message>
        <source>Days between two meetings of {}</source>
        <translation>{}两次会审相隔的天数</translation>
    </message>
    <message>
        <source>no sure change</source>
        <translation>看不出变化</translation>
    </message>
    <message>
        <source>next to nothing</source>
        <translation>几乎没有</translation>
    </message>
    <message>
        <source>{} days earlier</source>
        <translation>平均快 {} 天</translation>
    </message>
    <message>
        <source>{} days later</source>
        <translation>平均慢 {} 天</translation>
    </message>
    <message>
        <source>Reviewers and meetings</source>
        <translation>审查席位与会审</translation>
    </message>
    <message>
        <source>Department</source>
        <translation>部门</translation>
    </message>
    <message>
        <source>Reviewers</source>
        <translation>席位</translation>
    </message>
    <message>
        <source>One more would bring</source>
        <translation>再加 1 人的效果</translation>
    </message>
    <message>
        <source>Known once “What matters most” has been calculated</source>
        <translation>算过“什么影响最大”之后才知道</translation>
    </message>
</context>
<context>
    <name>DepartmentTable</name>
    <message>
        <source>Reviewers of {department}</source>
        <translation>{department}的审查席位</translation>
    </message>
</context>
<context>
    <name>DepartmentTableModel</name>
    <message>
        <source>Changed; the file says: {value}</source>
        <translation>已改动；文件中为：{value}</translation>
    </message>
    <message>
        <source>Department</source>
        <translation>部门</translation>
    </message>
    <message>
        <source>Its reviewers are shared by all projects.</source>
        <translation>席位由全部项目共用。</translation>
    </message>
    <message>
        <source>Reviewers</source>
        <translation>审查席位</translation>
    </message>
    <message>
        <source>Cases it handles at once.</source>
        <translation>可同时办理的件数。</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>办理次序</translation>
    </message>
    <message>
        <source>Whose turn comes next.</source>
        <translation>轮到谁先办。</translation>
    </message>
    <message>
        <source>Meetings</source>
        <translation>会审间隔</translation>
    </message>
    <message>
        <source>Reviews begin only at joint meetings.</source>
        <translation>只在会审时开始审查。</translation>
    </message>
    <message>
        <source>Stages</source>
        <translation>环节</translation>
    </message>
    <message>
        <source>What it reviews.</source>
        <translation>负责审查的环节。</translation>
    </message>
    <message>
        <source>Busy</source>
        <translation>负荷</translation>
    </message>
    <message>
        <source>Share of its reviewers&apos; time in use.</source>
        <translation>席位被占用的时间比例。</translation>
    </message>
    <message>
        <source>Wait</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>Days a submission stood in the queue.</source>
        <translation>一件材料排队的天数。</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>排队</translation>
    </message>
    <message>
        <source>Longest queue of a replication, on average.</source>
        <translation>一次推演中最长的队，取平均。</translation>
    </message>
</context>
<context>
    <name>DepartmentView</name>
    <message>
        <source>Tracing…</source>
        <translation>正在跟踪…</translation>
    </message>
    <message>
        <source>Trace the load</source>
        <translation>跟踪负荷</translation>
    </message>
    <message>
        <source>Department whose load is shown</source>
        <translation>看哪个部门的负荷</translation>
    </message>
    <message>
        <source>Follow some replications step by step, and count papers day by day</source>
        <translation>逐步跟踪几次重复，按日清点件数</translation>
    </message>
</context>
<context>
    <name>DifferenceChart</name>
    <message>
        <source>Project by project: how much sooner or later</source>
        <translation>逐个项目比：快多少、慢多少</translation>
    </message>
    <message>
        <source>{earlier} of the pairs are earlier under B, {later} later, {equal} not a moment sooner or later; {large} gain more than {days} days.</source>
        <translation>配对里 {earlier} 是 B 更早，{later} 是 B 更晚，{equal} 一样；{large} 提前超过 {days} 天。</translation>
    </message>
    <message>
        <source>B − A from, days</source>
        <translation>B − A 从（天）</translation>
    </message>
    <message>
        <source>to, days</source>
        <translation>到（天）</translation>
    </message>
    <message>
        <source>Pairs</source>
        <translation>配对数</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>占比</translation>
    </message>
    <message>
        <source>B earlier {}</source>
        <translation>B 更早 {}</translation>
    </message>
    <message>
        <source>no difference {}</source>
        <translation>没有差别 {}</translation>
    </message>
    <message>
        <source>B later {}</source>
        <translation>B 更晚 {}</translation>
    </message>
    <message>
        <source>B − A in days   ← B earlier | B later →</source>
        <translation>B − A（天）&#x3000;← B 更早 ｜ B 更晚 →</translation>
    </message>
    <message>
        <source>mean {days} days</source>
        <translation>平均 {days} 天</translation>
    </message>
    <message>
        <source>{low} to {high} days: {share} of pairs</source>
        <translation>{low} 至 {high} 天：占配对的 {share}</translation>
    </message>
</context>
<context>
    <name>DispatchSummary</name>
    <message>
        <source>Lights from the register; forecast follows</source>
        <translation>已按台账亮灯，预测随后给出</translation>
    </message>
    <message>
        <source>Forecast by the model, {number} replications</source>
        <translation>模型预测，重复 {number} 次</translation>
    </message>
    <message>
        <source>Provisional forecast, {number} replications</source>
        <translation>暂估预测，重复 {number} 次</translation>
    </message>
</context>
<context>
    <name>DispatchTable</name>
    <message>
        <source>nobody named</source>
        <translation>责任人未明确</translation>
    </message>
</context>
<context>
    <name>DispatchTableModel</name>
    <message>
        <source>Project</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>灯</translation>
    </message>
    <message>
        <source>Stages under way: days used / promised</source>
        <translation>在办环节：已用 / 承诺天数</translation>
    </message>
    <message>
        <source>Slack, days</source>
        <translation>余量（天）</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>目标日期</translation>
    </message>
    <message>
        <source>Forecast P80</source>
        <translation>预测 P80</translation>
    </message>
    <message>
        <source>On time</source>
        <translation>按期概率</translation>
    </message>
    <message>
        <source>Next actions: by when, by whom</source>
        <translation>下一步：期限、责任人</translation>
    </message>
    <message>
        <source>Open demands</source>
        <translation>未办结诉求</translation>
    </message>
    <message>
        <source>{name}: {count} projects, {lit} lit</source>
        <translation>{name}：{count} 个项目，{lit} 个亮灯</translation>
    </message>
    <message>
        <source>not foreseeable</source>
        <translation>无法预见</translation>
    </message>
</context>
<context>
    <name>DispatchView</name>
    <message>
        <source>Letters for {number}…</source>
        <translation>为 {number} 个项目拟函…</translation>
    </message>
    <message>
        <source>Dunning letter…</source>
        <translation>督办函…</translation>
    </message>
    <message>
        <source>Choose projects with a red or yellow light, or a warning, in the table</source>
        <translation>请在表中选择红灯、黄灯或预测预警的项目</translation>
    </message>
    <message>
        <source>As of the end of</source>
        <translation>截至</translation>
    </message>
    <message>
        <source>As-of date</source>
        <translation>截止日期</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Group by</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>不分组</translation>
    </message>
    <message>
        <source>task force</source>
        <translation>按专班</translation>
    </message>
    <message>
        <source>owner</source>
        <translation>按责任单位</translation>
    </message>
    <message>
        <source>leader</source>
        <translation>按挂点领导</translation>
    </message>
    <message>
        <source>light</source>
        <translation>按灯</translation>
    </message>
    <message>
        <source>Only lit</source>
        <translation>只看亮灯</translation>
    </message>
    <message>
        <source>Only red, yellow, and green with a warning</source>
        <translation>只看红灯、黄灯和预测预警</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Filter projects</source>
        <translation>筛选项目</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Dispatch table…</source>
        <translation>要素调度表…</translation>
    </message>
    <message>
        <source>Weekly summary…</source>
        <translation>周总结…</translation>
    </message>
    <message>
        <source>Monthly bulletin…</source>
        <translation>月通报…</translation>
    </message>
    <message>
        <source>Quarterly assessment…</source>
        <translation>季考核…</translation>
    </message>
    <message>
        <source>Yearly assessment…</source>
        <translation>年考评…</translation>
    </message>
    <message>
        <source>No project fits this choice.</source>
        <translation>没有符合条件的项目。</translation>
    </message>
    <message>
        <source>Dispatch board</source>
        <translation>督办看板</translation>
    </message>
</context>
<context>
    <name>DurationInput</name>
    <message>
        <source>days</source>
        <translation>日历日</translation>
    </message>
    <message>
        <source>workdays</source>
        <translation>工作日</translation>
    </message>
    <message>
        <source>{name}: kind of distribution</source>
        <translation>{name}：分布类型</translation>
    </message>
    <message>
        <source>{name}: unit</source>
        <translation>{name}：单位</translation>
    </message>
    <message>
        <source>{name}: curve with handles</source>
        <translation>{name}：可拖动的曲线</translation>
    </message>
    <message>
        <source>Calendar days, or working days of the scenario&apos;s calendar</source>
        <translation>日历日，或按方案日历计算的工作日</translation>
    </message>
    <message>
        <source>Drag the handles; with Shift all together. Keys: ↑ ↓ choose, ← → move.</source>
        <translation>拖动手柄可改数值；按住 Shift 一起移动。键盘：↑ ↓ 选手柄，← → 移动。</translation>
    </message>
</context>
<context>
    <name>EdgeCard</name>
    <message>
        <source>{target} waits for {source}</source>
        <translation>{target}等待{source}</translation>
    </message>
    <message>
        <source>Uptake: share of projects that use it</source>
        <translation>采用率：用到此项的项目比例</translation>
    </message>
    <message>
        <source>Paper due after</source>
        <translation>补交期限</translation>
    </message>
    <message>
        <source>Grace before it is a breach</source>
        <translation>宽限期（逾期即违诺）</translation>
    </message>
    <message>
        <source>Time to issue</source>
        <translation>换发正式件的时间</translation>
    </message>
    <message>
        <source>at once</source>
        <translation>即时</translation>
    </message>
</context>
<context>
    <name>EffectCard</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Calculate</source>
        <translation>计算</translation>
    </message>
    <message>
        <source>Run every effect from 0 to 30 % under the same luck</source>
        <translation>在同一运气下，从 0 到 30% 逐个试算</translation>
    </message>
    <message>
        <source>Progress of the analysis</source>
        <translation>分析进度</translation>
    </message>
</context>
<context>
    <name>EffectChart</name>
    <message>
        <source>What supervision wins, by the effect of urging on</source>
        <translation>督导能快多少：看催办效果有多大</translation>
    </message>
    <message>
        <source>How much faster applicants work while urged on is an assumption. Here it goes from 0 to 30 %, each value under the same luck as no supervision at all.</source>
        <translation>催办期间企业能快多少是假设。这里从 0 到 30% 逐个试算，与没有督导时用同一运气。</translation>
    </message>
    <message>
        <source>At {effect}: {change}.</source>
        <translation>效果为 {effect} 时，{change}。</translation>
    </message>
    <message>
        <source>What is won at 0 comes from going first in the queues alone.</source>
        <translation>效果为 0 时的变化，只来自排队时优先。</translation>
    </message>
    <message>
        <source>The scenario has been changed since.</source>
        <translation>此后方案已改动。</translation>
    </message>
    <message>
        <source>Effect</source>
        <translation>效果</translation>
    </message>
    <message>
        <source>Mean, days</source>
        <translation>平均（天）</translation>
    </message>
    <message>
        <source>P80, days</source>
        <translation>P80（天）</translation>
    </message>
    <message>
        <source>Mean against no supervision, days</source>
        <translation>平均，与没有督导相比（天）</translation>
    </message>
    <message>
        <source>P80 against no supervision, days</source>
        <translation>P80，与没有督导相比（天）</translation>
    </message>
    <message>
        <source>no supervision</source>
        <translation>没有督导</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>平均</translation>
    </message>
    <message>
        <source>change in days from signing to {goal}</source>
        <translation>签约到{goal}的天数变化</translation>
    </message>
    <message>
        <source>time saved on preparation and rework while urged on</source>
        <translation>催办期间准备和返工节省的时间</translation>
    </message>
    <message>
        <source>now {effect}, assumed</source>
        <translation>现为 {effect}（假设）</translation>
    </message>
    <message>
        <source>now {effect}</source>
        <translation>现为 {effect}</translation>
    </message>
    <message>
        <source>no sure change of the mean</source>
        <translation>平均天数没有确定的变化</translation>
    </message>
    <message>
        <source>the mean {days} days earlier ({interval})</source>
        <translation>平均提前 {days} 天（{interval}）</translation>
    </message>
    <message>
        <source>the mean {days} days later ({interval})</source>
        <translation>平均推迟 {days} 天（{interval}）</translation>
    </message>
</context>
<context>
    <name>Evidence</name>
    <message>
        <source>assumed</source>
        <translation>假设</translation>
    </message>
    <message>
        <source>with a source</source>
        <translation>有出处</translation>
    </message>
    <message>
        <source>nothing said</source>
        <translation>未注明</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>已改动</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>default of the program</source>
        <translation>程序默认值</translation>
    </message>
    <message>
        <source>The file does not say this; it is the program&apos;s own default.</source>
        <translation>文件没有写这一项，用的是程序的默认值。</translation>
    </message>
    <message>
        <source>The file names this source:</source>
        <translation>文件注明的出处：</translation>
    </message>
    <message>
        <source>This is an assumption: no source is known for it.</source>
        <translation>这是假设，没有查到出处。</translation>
    </message>
    <message>
        <source>The file does not say where this comes from.</source>
        <translation>文件没有注明这个数从哪里来。</translation>
    </message>
</context>
<context>
    <name>EvidenceCard</name>
    <message>
        <source>Where does this number come from?</source>
        <translation>这个数从哪里来？</translation>
    </message>
    <message>
        <source>Choose a number in a table, or one of the list below.</source>
        <translation>在表格里选一个数，或从下面的清单里选。</translation>
    </message>
    <message>
        <source>Changed; the file says: {value}</source>
        <translation>已改动；文件中为：{value}</translation>
    </message>
    <message>
        <source>The file&apos;s value came from: {source}</source>
        <translation>文件中的数值出自：{source}</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>Source of {place}</source>
        <translation>{place}的出处</translation>
    </message>
    <message>
        <source>Click to copy the source</source>
        <translation>点击复制出处</translation>
    </message>
    <message>
        <source>Source; press to copy</source>
        <translation>出处；按下即复制</translation>
    </message>
    <message>
        <source>State a source…</source>
        <translation>填写出处…</translation>
    </message>
    <message>
        <source>Put back what the file says</source>
        <translation>改回文件中的数值</translation>
    </message>
</context>
<context>
    <name>EvidencePanel</name>
    <message>
        <source>{number} of {all} numbers are assumed, {sourced} have a source.</source>
        <translation>{all} 个数值中，{number} 个为假设，{sourced} 个有出处。</translation>
    </message>
    <message>
        <source>{number} say nothing.</source>
        <translation>{number} 个未注明。</translation>
    </message>
    <message>
        <source>Which numbers are listed</source>
        <translation>清单列出哪些数值</translation>
    </message>
    <message>
        <source>Search stage, value or source</source>
        <translation>搜索环节、数值或出处</translation>
    </message>
    <message>
        <source>Numbers and where they come from</source>
        <translation>数值及其来源</translation>
    </message>
</context>
<context>
    <name>Explanation</name>
    <message>
        <source>Show the chart</source>
        <translation>看图表</translation>
    </message>
</context>
<context>
    <name>Explanations</name>
    <message>
        <source>A model&apos;s result, not an observation. {manifest}</source>
        <translation>模型的结果，不是观察值。{manifest}</translation>
    </message>
    <message>
        <source>{name}: of all that reach {goal}, {share} do so within so many calendar days of signing. They are {reach_a} of all projects under A, {reach_b} under B; the others drop out or are not there when the run ends.</source>
        <translation>{name}：会{goal}的项目里，有 {share} 在签约后这么多日历天内{goal}。会{goal}的，A 占全部项目的 {reach_a}，B 占 {reach_b}；其余中途退出，或到期末仍未{goal}。</translation>
    </message>
    <message>
        <source>A: {a} days. B: {b} days.</source>
        <translation>A：{a} 天。B：{b} 天。</translation>
    </message>
    <message>
        <source>Difference B − A over the {both} that get there on both sides: {difference} days.</source>
        <translation>差 B − A，按两边都达成的 {both} 计算：{difference} 天。</translation>
    </message>
    <message>
        <source>Difference B − A: {} percentage points.</source>
        <translation>差 B − A：{} 个百分点。</translation>
    </message>
    <message>
        <source>{side}: {started} of {signed} signed have reached {goal}, {rate}; of those that have not left, {without}.</source>
        <translation>{side}：已签约 {signed} 个，已{goal} {started} 个，占 {rate}；不计已退出的，占 {without}。</translation>
    </message>
    <message>
        <source>{rate} at the end of {date}: projects that have reached {goal}, divided by projects signed by then; numbers are means of one replication.</source>
        <translation>{date}（当日结束时）的{rate}：已{goal}的项目除以已签约的项目；个数为一次重复的平均。</translation>
    </message>
    <message>
        <source>Every project is run twice under the same luck, once on each side, and the two are subtracted. The mean is over the {both} of pairs that reach {goal} on both sides.</source>
        <translation>每个项目在同样的运气下两边各走一遍，再相减。平均数按两边都{goal}的配对计算，占 {both}。</translation>
    </message>
    <message>
        <source>Mean of B − A: {mean} days.</source>
        <translation>B − A 的平均：{mean} 天。</translation>
    </message>
    <message>
        <source>Of these pairs {earlier} are earlier under B, {later} later, {equal} equal.</source>
        <translation>这些配对里，B 更早的占 {earlier}，更晚的占 {later}，一样的占 {equal}。</translation>
    </message>
    <message>
        <source>Without the same luck {times} times as many replications would be needed for this interval.</source>
        <translation>若两边不用同样的运气，要达到这个区间需要 {times} 倍的重复次数。</translation>
    </message>
    <message>
        <source>papers owed</source>
        <translation>实际欠件</translation>
    </message>
    <message>
        <source>broken promises</source>
        <translation>违诺</translation>
    </message>
    <message>
        <source>days of stop-work</source>
        <translation>停工天数</translation>
    </message>
    <message>
        <source>What B costs more than A, per 100 projects. A promise is broken when the paper owed is missing at its deadline, or by the grade&apos;s own probability; the project is then held until that is put right, and a hold after {goal} is stop-work.</source>
        <translation>每 100 个项目，B 比 A 多付出的代价。欠件到期仍未补齐，或按信用等级的概率失信，即为违诺；项目随之暂停，直到整改完成，{goal}之后的暂停就是停工。</translation>
    </message>
    <message>
        <source>Intervals are at 95 % and come from what varies between replications (docs/model.md).</source>
        <translation>区间为 95%，来自各次重复之间的差异（见 docs/model.md）。</translation>
    </message>
</context>
<context>
    <name>FieldInput</name>
    <message>
        <source>Differs from the file</source>
        <translation>与文件不同</translation>
    </message>
    <message>
        <source>Put back what the file says</source>
        <translation>改回文件中的数值</translation>
    </message>
    <message>
        <source>{name}: reset to the file</source>
        <translation>{name}：改回文件中的数值</translation>
    </message>
</context>
<context>
    <name>Figures</name>
    <message>
        <source>{}, 95 % from</source>
        <translation>{}，95% 下限</translation>
    </message>
    <message>
        <source>{}, 95 % to</source>
        <translation>{}，95% 上限</translation>
    </message>
</context>
<context>
    <name>FileDialog</name>
    <message>
        <source>Look in:</source>
        <translation>位置：</translation>
    </message>
    <message>
        <source>Files of type:</source>
        <translation>文件类型：</translation>
    </message>
</context>
<context>
    <name>Files</name>
    <message>
        <source>Open scenarios and registers</source>
        <translation>打开方案和台账</translation>
    </message>
    <message>
        <source>Scenarios and registers (*.toml *.approvalsim *.xlsx *.xlsm)</source>
        <translation>方案和台账 (*.toml *.approvalsim *.xlsx *.xlsm)</translation>
    </message>
    <message>
        <source>Save the scenario</source>
        <translation>保存方案</translation>
    </message>
    <message>
        <source>the disk is full, or writing is not allowed</source>
        <translation>磁盘已满，或没有写入权限</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Unsaved changes</source>
        <translation>未保存的改动</translation>
    </message>
    <message>
        <source>“{name}” has changes that are not saved.</source>
        <translation>“{name}”有未保存的改动。</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>不保存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Scenarios (*.toml)</source>
        <translation>方案文件 (*.toml)</translation>
    </message>
</context>
<context>
    <name>GainChart</name>
    <message>
        <source>Where the days are won</source>
        <translation>时间省在哪里</translation>
    </message>
    <message>
        <source>Most is won in {}.</source>
        <translation>省得最多的是{}。</translation>
    </message>
    <message>
        <source>Days are lost in {}.</source>
        <translation>变慢的是{}。</translation>
    </message>
    <message>
        <source>No stage changes by more than a tenth of a day.</source>
        <translation>没有环节变化超过十分之一天。</translation>
    </message>
    <message>
        <source>All together, with holds and windows: {} days on the path that binds.</source>
        <translation>关键路径上合计 {} 天（含停工整改和节后复工）。</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>环节</translation>
    </message>
    <message>
        <source>Change B − A, days</source>
        <translation>变化 B − A（天）</translation>
    </message>
    <message>
        <source>Criticality A</source>
        <translation>关键度 A</translation>
    </message>
    <message>
        <source>Criticality B</source>
        <translation>关键度 B</translation>
    </message>
    <message>
        <source>Elsewhere (holds, windows)</source>
        <translation>其他（整改、节后复工）</translation>
    </message>
    <message>
        <source>Mean difference</source>
        <translation>平均差</translation>
    </message>
    <message>
        <source>B quicker</source>
        <translation>B 更快</translation>
    </message>
    <message>
        <source>B slower</source>
        <translation>B 更慢</translation>
    </message>
    <message>
        <source>mean difference</source>
        <translation>平均差</translation>
    </message>
    <message>
        <source>mean change of days on the binding path, B − A</source>
        <translation>关键路径上天数的平均变化，B − A</translation>
    </message>
    <message>
        <source>{n} other stages</source>
        <translation>其余 {n} 个环节</translation>
    </message>
    <message>
        <source>{stage} ({days} days)</source>
        <translation>{stage}（{days} 天）</translation>
    </message>
    <message>
        <source>{name}: {change} days; {sum} in all so far</source>
        <translation>{name}：{change} 天；至此合计 {sum} 天</translation>
    </message>
</context>
<context>
    <name>GradeTableModel</name>
    <message>
        <source>The shares typed are above 100 % already.</source>
        <translation>填写的占比已经超过 100%。</translation>
    </message>
    <message>
        <source>Shares of grades: {shares}</source>
        <translation>各等级占比：{shares}</translation>
    </message>
    <message>
        <source>A share from 0 to 100 %.</source>
        <translation>请填 0 到 100% 之间的比例。</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>可以</translation>
    </message>
    <message>
        <source>some</source>
        <translation>部分</translation>
    </message>
    <message>
        <source>no</source>
        <translation>不可</translation>
    </message>
    <message>
        <source>everything: standard path</source>
        <translation>全部按标准流程</translation>
    </message>
    <message>
        <source>Changed; the file says: {value}</source>
        <translation>已改动；文件中为：{value}</translation>
    </message>
    <message>
        <source>Grade</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>Credit grade of the applicant.</source>
        <translation>申请人的信用等级。</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>占比</translation>
    </message>
    <message>
        <source>Share of applicants with this grade.</source>
        <translation>该等级申请人所占的比例。</translation>
    </message>
    <message>
        <source>Eligible</source>
        <translation>可适用</translation>
    </message>
    <message>
        <source>Promises</source>
        <translation>承诺后补</translation>
    </message>
    <message>
        <source>Whether such projects may take the commitment path at all.</source>
        <translation>这类项目能否走承诺路径。</translation>
    </message>
    <message>
        <source>Pre-review</source>
        <translation>预审</translation>
    </message>
    <message>
        <source>Review goes ahead; the certificate waits for the missing one.</source>
        <translation>先行审查，缺的证件到齐后再发正式件。</translation>
    </message>
    <message>
        <source>Papers are promised now and handed in later.</source>
        <translation>材料先承诺、后补交（容缺）。</translation>
    </message>
    <message>
        <source>Breach rate</source>
        <translation>违诺率</translation>
    </message>
    <message>
        <source>How often a promise is broken whatever the time needed.</source>
        <translation>每项承诺无论时间够不够都会违背的概率。</translation>
    </message>
    <message>
        <source>Not allowed</source>
        <translation>不可放宽</translation>
    </message>
    <message>
        <source>What this grade must wait for.</source>
        <translation>该等级仍须等待的事项。</translation>
    </message>
</context>
<context>
    <name>GraphBar</name>
    <message>
        <source>Animate</source>
        <translation>动画</translation>
    </message>
    <message>
        <source>How to use the graph</source>
        <translation>依赖图怎么用</translation>
    </message>
    <message>
        <source>Zoom out (−)</source>
        <translation>缩小（−）</translation>
    </message>
    <message>
        <source>Zoom in (+)</source>
        <translation>放大（+）</translation>
    </message>
    <message>
        <source>Fit (F)</source>
        <translation>适合窗口（F）</translation>
    </message>
    <message>
        <source>Export the picture</source>
        <translation>导出图片</translation>
    </message>
    <message>
        <source>SVG (drawing)…</source>
        <translation>SVG（矢量图）…</translation>
    </message>
    <message>
        <source>PNG (picture)…</source>
        <translation>PNG（图片）…</translation>
    </message>
</context>
<context>
    <name>GraphEditing</name>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Draw a dependency from here</source>
        <translation>从这里连线</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
</context>
<context>
    <name>GraphLegend</name>
    <message>
        <source>how often it decides {goal}, of all projects</source>
        <translation>关键率：决定{goal}时间的项目占比</translation>
    </message>
    <message>
        <source>strict: waits until finished</source>
        <translation>办结后才能开始</translation>
    </message>
    <message>
        <source>pre-review: certificate waits</source>
        <translation>预审：先办理，后发证</translation>
    </message>
    <message>
        <source>deferred: papers follow</source>
        <translation>容缺：先办，材料后补</translation>
    </message>
    <message>
        <source>critical: a day late is a day lost</source>
        <translation>关键：拖一天，晚一天</translation>
    </message>
    <message>
        <source>milestone</source>
        <translation>里程碑</translation>
    </message>
    <message>
        <source>stripe: department</source>
        <translation>色条：部门</translation>
    </message>
</context>
<context>
    <name>GraphPanel</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>at once</source>
        <translation>即时</translation>
    </message>
    <message>
        <source>One number, or least/likely/most; working days unless said</source>
        <translation>一个数，或“最短/最可能/最长”；未注明单位时按工作日</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>On the fast track</source>
        <translation>提速流程中</translation>
    </message>
    <message>
        <source>Waits until</source>
        <translation>等到</translation>
    </message>
    <message>
        <source>Uptake, %</source>
        <translation>采用率（%）</translation>
    </message>
    <message>
        <source>Time to issue</source>
        <translation>换发正式件的时间</translation>
    </message>
    <message>
        <source>Papers due, working days</source>
        <translation>补交期限（工作日）</translation>
    </message>
    <message>
        <source>Grace, working days</source>
        <translation>宽限（工作日）</translation>
    </message>
    <message>
        <source>Credit grades that may</source>
        <translation>可用的信用等级</translation>
    </message>
    <message>
        <source>not on the commitment path</source>
        <translation>不走承诺路径</translation>
    </message>
    <message>
        <source>Let it wait for</source>
        <translation>让它等待</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Edit stage</source>
        <translation>编辑环节</translation>
    </message>
</context>
<context>
    <name>GraphView</name>
    <message>
        <source>Days and slack: calendar days at the most likely durations.</source>
        <translation>天数和时差：按最可能工期的日历日。</translation>
    </message>
    <message>
        <source>scenario {id} {hash} · version {version}</source>
        <translation>方案 {id} {hash} · 版本 {version}</translation>
    </message>
    <message>
        <source>What shall wait for “{name}”? Choose it and press Enter; Esc cancels.</source>
        <translation>谁要等待“{name}”？选中后按回车；Esc 取消。</translation>
    </message>
    <message>
        <source>Drag from one stage to another to let it wait; Tab and arrow keys move, Enter opens, L draws, Del removes. Wheel or +/− zooms, F fits.</source>
        <translation>从一个环节拖到另一个，后者就等待前者。Tab 和方向键移动，回车打开，L 连线，Del 删除；滚轮或 +/− 缩放，F 适合窗口。</translation>
    </message>
    <message>
        <source>Dependency graph</source>
        <translation>依赖图</translation>
    </message>
</context>
<context>
    <name>GraphWords</name>
    <message>
        <source>critical {share}</source>
        <translation>关键率 {share}</translation>
    </message>
    <message>
        <source>day {day}</source>
        <translation>第 {day} 天</translation>
    </message>
    <message>
        <source>slack {days} d</source>
        <translation>时差 {days} 天</translation>
    </message>
    <message>
        <source>{days} d</source>
        <translation>{days} 天</translation>
    </message>
    <message>
        <source>Milestone “{name}”: {days} days after signing at the most likely durations.</source>
        <translation>里程碑“{name}”：按最可能工期，签约后第 {days} 天。</translation>
    </message>
    <message>
        <source>Most likely {days} calendar days; {slack} days of slack before it delays {goal}.</source>
        <translation>最可能 {days} 个日历日；拖 {slack} 天以内不影响{goal}。</translation>
    </message>
    <message>
        <source>In the run it determined {goal} of {share} of the projects.</source>
        <translation>本次模拟中，{share} 的项目由它决定{goal}时间。</translation>
    </message>
    <message>
        <source>strict</source>
        <translation>必须办结</translation>
    </message>
    <message>
        <source>pre-review</source>
        <translation>预审</translation>
    </message>
    <message>
        <source>deferred</source>
        <translation>容缺</translation>
    </message>
    <message>
        <source>submitted</source>
        <translation>报送</translation>
    </message>
    <message>
        <source>review passed</source>
        <translation>审查通过</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>办结</translation>
    </message>
    <message>
        <source>Fast track</source>
        <translation>提速流程</translation>
    </message>
    <message>
        <source>Standard</source>
        <translation>标准流程</translation>
    </message>
    <message>
        <source>{name}: {words}</source>
        <translation>{name}：{words}</translation>
    </message>
    <message>
        <source>passed</source>
        <translation>审过</translation>
    </message>
    <message>
        <source>Uptake among those allowed to: {share}.</source>
        <translation>获准项目中的采用率：{share}。</translation>
    </message>
    <message>
        <source>On the fast track: {kind}.</source>
        <translation>提速流程中改为：{kind}。</translation>
    </message>
    <message>
        <source>Pre-review: “{target}” is prepared and reviewed meanwhile; its certificate is issued once “{source}” is finished (issuing takes {issue}).</source>
        <translation>预审：“{target}”先行准备和审查，等“{source}”办结后再发证（发证用时 {issue}）。</translation>
    </message>
    <message>
        <source>Deferred: “{target}” goes ahead on a promise; the papers of “{source}” follow within {due} working days, {grace} more of grace.</source>
        <translation>容缺：“{target}”凭承诺先办，“{source}”的材料在其后 {due} 个工作日内补交，另有 {grace} 个工作日宽限。</translation>
    </message>
    <message>
        <source>“{target}” cannot begin before “{source}” is finished.</source>
        <translation>“{source}”办结后，“{target}”才能开始。</translation>
    </message>
    <message>
        <source>“{target}” waits until “{source}” has passed its review.</source>
        <translation>“{target}”要等“{source}”审查通过。</translation>
    </message>
    <message>
        <source>“{target}” waits until “{source}” has been submitted.</source>
        <translation>“{target}”要等“{source}”报送。</translation>
    </message>
    <message>
        <source>preparation {duration}</source>
        <translation>准备 {duration}</translation>
    </message>
    <message>
        <source>review {duration}</source>
        <translation>审查 {duration}</translation>
    </message>
    <message>
        <source>notice {duration}</source>
        <translation>公示 {duration}</translation>
    </message>
    <message>
        <source>sent back {share}</source>
        <translation>补正概率 {share}</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>; </source>
        <translation>；</translation>
    </message>
    <message>
        <source>Not possible: these would wait for each other in a circle, and none could begin: {loop}</source>
        <translation>不能这样连：会形成循环，互相等待，谁也无法开始：{loop}</translation>
    </message>
    <message>
        <source>Not possible: {reasons}</source>
        <translation>不能这样改：{reasons}</translation>
    </message>
    <message>
        <source>There is no such stage: {names}</source>
        <translation>没有这个环节：{names}</translation>
    </message>
    <message>
        <source>{names} cannot wait for itself.</source>
        <translation>{names}不能等待自己。</translation>
    </message>
    <message>
        <source>This dependency is there already: {names}</source>
        <translation>这条先后关系已经存在：{names}</translation>
    </message>
    <message>
        <source>Nothing can wait for a milestone: {names}. Begin at a stage.</source>
        <translation>里程碑之后不能再接：{names}。请从环节开始连线。</translation>
    </message>
    <message>
        <source>There is no such dependency: {names}</source>
        <translation>没有这条先后关系：{names}</translation>
    </message>
    <message>
        <source>A milestone must wait for at least one stage: {names}. Add another dependency first.</source>
        <translation>里程碑至少要等待一个环节：{names}。请先加另一条先后关系。</translation>
    </message>
    <message>
        <source>No milestone would need {names} any more. First let something else wait for it.</source>
        <translation>这样就没有里程碑需要{names}了。请先让别的环节或里程碑等它。</translation>
    </message>
    <message>
        <source>Pre-review is between two stages, not into a milestone: {names}</source>
        <translation>预审只用于两个环节之间，不能通向里程碑：{names}</translation>
    </message>
    <message>
        <source>Deferred papers need to say how long putting right takes: give the policy a remedy duration first.</source>
        <translation>容缺要说明违诺后整改多久：请先在政策中填写整改时间。</translation>
    </message>
    <message>
        <source>add {edge}</source>
        <translation>添加先后关系 {edge}</translation>
    </message>
    <message>
        <source>remove {edge}</source>
        <translation>删除先后关系 {edge}</translation>
    </message>
    <message>
        <source>make {edge} {kind}</source>
        <translation>把 {edge} 改为{kind}</translation>
    </message>
    <message>
        <source>change {edge}</source>
        <translation>修改 {edge}</translation>
    </message>
</context>
<context>
    <name>Headline</name>
    <message>
        <source>Calculating the first answer…</source>
        <translation>正在计算第一个结果…</translation>
    </message>
    <message>
        <source>Where does this come from?</source>
        <translation>这个数从哪里来？</translation>
    </message>
    <message>
        <source>up to date · {wanted} replications</source>
        <translation>已是最新 · {wanted} 次重复</translation>
    </message>
    <message>
        <source>first answer · {done} of {wanted}</source>
        <translation>初步结果 · {done}/{wanted} 次</translation>
    </message>
    <message>
        <source>changed · calculating anew</source>
        <translation>已改动 · 正在重算</translation>
    </message>
    <message>
        <source>stopped · only {done} of {wanted}</source>
        <translation>已中断 · 只有 {done}/{wanted} 次</translation>
    </message>
    <message>
        <source>no answer · see the messages</source>
        <translation>没有结果 · 见提示</translation>
    </message>
    <message>
        <source>{b} (B): no project reaches {goal}.</source>
        <translation>{b}（B）：没有项目{goal}。</translation>
    </message>
    <message>
        <source>{b} (B): 8 in 10 projects reach {goal} by {date}.</source>
        <translation>{b}（B）：10 个项目中有 8 个能在{date}前{goal}。</translation>
    </message>
    <message>
        <source>{b} (B): of 10 that reach {goal}, 8 do so by {date}.</source>
        <translation>{b}（B）：10 个会{goal}的项目中有 8 个能在{date}前{goal}。</translation>
    </message>
    <message>
        <source>{b} (B): 8 in 10 projects reach {goal} within {b80} days of signing.</source>
        <translation>{b}（B）：10 个项目中有 8 个能在签约后 {b80} 天内{goal}。</translation>
    </message>
    <message>
        <source>{b} (B): of 10 that reach {goal}, 8 do so within {b80} days of signing.</source>
        <translation>{b}（B）：10 个会{goal}的项目中有 8 个能在签约后 {b80} 天内{goal}。</translation>
    </message>
    <message>
        <source>{a} (A) needs {a80} days.</source>
        <translation>{a}（A）要 {a80} 天。</translation>
    </message>
    <message>
        <source>Half within (P50)</source>
        <translation>一半项目（P50）</translation>
    </message>
    <message>
        <source>8 in 10 within (P80)</source>
        <translation>八成项目（P80）</translation>
    </message>
    <message>
        <source>days</source>
        <translation>天</translation>
    </message>
    <message>
        <source>Mean difference</source>
        <translation>平均差</translation>
    </message>
    <message>
        <source>95 %: {} days</source>
        <translation>95% 区间 {} 天</translation>
    </message>
    <message>
        <source>none</source>
        <translation>没有差别</translation>
    </message>
    <message>
        <source>B {} days earlier</source>
        <translation>B 快 {} 天</translation>
    </message>
    <message>
        <source>B {} days later</source>
        <translation>B 慢 {} 天</translation>
    </message>
    <message>
        <source>Price of B per 100 projects</source>
        <translation>B 的代价（每 100 个项目）</translation>
    </message>
    <message>
        <source>{breaches} breaches, {days} stop-work days</source>
        <translation>违诺 {breaches} 次，停工 {days} 天</translation>
    </message>
    <message>
        <source>none: nothing was promised</source>
        <translation>没有：两边都无承诺</translation>
    </message>
</context>
<context>
    <name>Library</name>
    <message>
        <source>Open another scenario…</source>
        <translation>打开其他方案…</translation>
    </message>
    <message>
        <source>example that comes with the program</source>
        <translation>程序自带的示例</translation>
    </message>
    <message>
        <source>not saved yet</source>
        <translation>尚未保存</translation>
    </message>
</context>
<context>
    <name>LoadChart</name>
    <message>
        <source>There are no departments.</source>
        <translation>没有部门。</translation>
    </message>
    <message>
        <source>Department</source>
        <translation>部门</translation>
    </message>
</context>
<context>
    <name>LoadCourseChart</name>
    <message>
        <source>Load over time</source>
        <translation>负荷走势</translation>
    </message>
    <message>
        <source>Load over time: {name}</source>
        <translation>负荷走势：{name}</translation>
    </message>
    <message>
        <source>A few replications are traced step by step to see when papers pile up.</source>
        <translation>逐步跟踪几次重复，看件什么时候堆起来。</translation>
    </message>
    <message>
        <source>Most papers at once, on average: {a} under A ({day_a}), {b} under B ({day_b}); {reviewers} reviewers. Mean of {n} replications.</source>
        <translation>手上最多时平均有 A {a} 件（{day_a}）、B {b} 件（{day_b}）；席位 {reviewers} 个。为 {n} 次重复的平均。</translation>
    </message>
    <message>
        <source>This belongs to an earlier answer.</source>
        <translation>这是上一个结果的负荷。</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>A waiting</source>
        <translation>A 排队</translation>
    </message>
    <message>
        <source>A in review</source>
        <translation>A 在审</translation>
    </message>
    <message>
        <source>B waiting</source>
        <translation>B 排队</translation>
    </message>
    <message>
        <source>B in review</source>
        <translation>B 在审</translation>
    </message>
    <message>
        <source>papers in review and waiting</source>
        <translation>在审和排队的件数</translation>
    </message>
    <message>
        <source>reviewers: {n}</source>
        <translation>席位 {n}</translation>
    </message>
    <message>
        <source>{side} {review} in review, {waiting} waiting</source>
        <translation>{side} 在审 {review}，排队 {waiting}</translation>
    </message>
</context>
<context>
    <name>Messages</name>
    <message>
        <source>This computer has no Chinese font, so Chinese text shows as boxes. Install one (for example Noto Sans CJK SC, or the package fonts-wqy-microhei), or run: pip install &quot;approvalsim[font]&quot;</source>
        <translation>This computer has no Chinese font, so Chinese text shows as boxes. Install one (for example Noto Sans CJK SC, or the package fonts-wqy-microhei), or run: pip install &quot;approvalsim[font]&quot;</translation>
    </message>
    <message>
        <source>The manifest is in the clipboard; “approvalsim rerun” repeats it.</source>
        <translation>清单已复制到剪贴板；用 approvalsim rerun 可按它重做一次。</translation>
    </message>
    <message>
        <source>approvalsim {version}: how projects get from signing to groundbreaking. MIT licence. Results are those of a model; every parameter names its source or says that it is assumed.</source>
        <translation>approvalsim {version}：模拟项目从签约到动工的全过程。MIT 许可。结果是模型的输出；每个参数都注明出处，或注明为假设。</translation>
    </message>
    <message>
        <source>An error in the program: {error}. Your changes have been copied and can be recovered; better save them, and start the program anew.</source>
        <translation>程序出错：{error}。您的改动已留有副本，可以恢复；建议先保存，再重新启动程序。</translation>
    </message>
    <message>
        <source>No scenario is open.</source>
        <translation>没有打开的方案。</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>打开…</translation>
    </message>
    <message>
        <source>Show the example</source>
        <translation>显示示例</translation>
    </message>
    <message>
        <source>“{name}” had changes that were not saved when the program ended last time.</source>
        <translation>上次程序意外结束时，“{name}”还有未保存的改动。</translation>
    </message>
    <message>
        <source>Recover</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>{name} cannot be opened; it has {count} problems. The first is: {first}</source>
        <translation>{name} 无法打开，共有 {count} 个问题。第一个：{first}</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>再试一次</translation>
    </message>
    <message>
        <source>Saved: {path}</source>
        <translation>已保存：{path}</translation>
    </message>
    <message>
        <source>The changes are in the variant, and still in “{name}” as well: A and B do not differ yet.</source>
        <translation>改动已带入变体，但“{name}”里也还保留着，所以 A 与 B 暂时没有差别。</translation>
    </message>
    <message>
        <source>Put the original back</source>
        <translation>还原原方案</translation>
    </message>
    <message>
        <source>{name} has been changed by somebody else.</source>
        <translation>{name} 已被他人改动。</translation>
    </message>
    <message>
        <source>{name} has been removed by somebody else.</source>
        <translation>{name} 已被他人删除。</translation>
    </message>
    <message>
        <source>Keep mine</source>
        <translation>保留我的</translation>
    </message>
    <message>
        <source>Reload</source>
        <translation>重新载入</translation>
    </message>
</context>
<context>
    <name>Panels</name>
    <message>
        <source>Scenario library</source>
        <translation>方案库</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>出处</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>体检</translation>
    </message>
    <message>
        <source>Run settings</source>
        <translation>运行设置</translation>
    </message>
</context>
<context>
    <name>ParameterTableModel</name>
    <message>
        <source>Number</source>
        <translation>数值所在</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Where from</source>
        <translation>来源</translation>
    </message>
</context>
<context>
    <name>PolicyPanel</name>
    <message>
        <source>Commitment policy: on</source>
        <translation>承诺政策：开启</translation>
    </message>
    <message>
        <source>Eligible projects may take the commitment path: reviews run ahead, papers are promised and handed in later, and a broken promise stops the work.</source>
        <translation>符合条件的项目可走承诺路径：审查先行，材料先承诺、后补交；违诺则停工整改。</translation>
    </message>
    <message>
        <source>Commitment policy: off</source>
        <translation>承诺政策：关闭</translation>
    </message>
    <message>
        <source>Every project goes the standard way.</source>
        <translation>所有项目都按标准流程办理。</translation>
    </message>
    <message>
        <source>Shares add up to {total}.</source>
        <translation>各等级占比合计 {total}。</translation>
    </message>
    <message>
        <source>They must add up to 100 %; nothing has been changed yet.</source>
        <translation>合计须为 100%；目前尚未生效。</translation>
    </message>
    <message>
        <source>Share of eligible projects that take the path</source>
        <translation>符合条件的项目中走承诺路径的比例</translation>
    </message>
    <message>
        <source>Time to put a breach right</source>
        <translation>违诺整改时间</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>After a breach: strict for the rest of the project</source>
        <translation>违诺后，该项目不再适用承诺</translation>
    </message>
    <message>
        <source>Credit grades: who may promise what</source>
        <translation>信用等级：谁可以承诺什么</translation>
    </message>
    <message>
        <source>What need not wait, by when, and for which grades</source>
        <translation>可放宽的先后关系：期限与适用等级</translation>
    </message>
    <message>
        <source>Balance the others</source>
        <translation>其余等级自动配平</translation>
    </message>
    <message>
        <source>Give up</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Commitments</source>
        <translation>容缺承诺</translation>
    </message>
    <message>
        <source>Supervision and task forces</source>
        <translation>督导与专班</translation>
    </message>
    <message>
        <source>This scenario has no commitment policy.</source>
        <translation>本方案没有承诺政策。</translation>
    </message>
    <message>
        <source>Add a commitment policy</source>
        <translation>添加承诺政策</translation>
    </message>
</context>
<context>
    <name>PriceChart</name>
    <message>
        <source>The price of speed</source>
        <translation>快的代价</translation>
    </message>
    <message>
        <source>Nothing was promised and nothing relaxed on either side: no price.</source>
        <translation>两边都没有容缺和承诺，没有代价可列。</translation>
    </message>
    <message>
        <source>Per 100 projects B brings {breaches} and {stopped}.</source>
        <translation>每 100 个项目，B {breaches}，{stopped}。</translation>
    </message>
    <message>
        <source>With the days of stop-work added, B is still {days} days earlier on average.</source>
        <translation>计入停工天数后，B 平均仍快 {days} 天。</translation>
    </message>
    <message>
        <source>With the days of stop-work added, B is {days} days later on average.</source>
        <translation>计入停工天数后，B 平均慢 {days} 天。</translation>
    </message>
    <message>
        <source>Per 100 projects</source>
        <translation>每 100 个项目</translation>
    </message>
    <message>
        <source>Difference B − A</source>
        <translation>差 B − A</translation>
    </message>
    <message>
        <source>per 100 projects</source>
        <translation>每 100 个项目</translation>
    </message>
    <message>
        <source>days earlier than the other</source>
        <translation>比对方提前的天数</translation>
    </message>
    <message>
        <source>projects with a commitment</source>
        <translation>走承诺路径的项目</translation>
    </message>
    <message>
        <source>items relaxed</source>
        <translation>容缺放宽事项</translation>
    </message>
    <message>
        <source>papers owed</source>
        <translation>实际欠件</translation>
    </message>
    <message>
        <source>broken promises</source>
        <translation>违诺次数</translation>
    </message>
    <message>
        <source>days of stop-work</source>
        <translation>停工天数</translation>
    </message>
    <message>
        <source>{n} more broken promises ({interval})</source>
        <translation>多 {n} 次违诺（{interval}）</translation>
    </message>
    <message>
        <source>{n} fewer broken promises ({interval})</source>
        <translation>少 {n} 次违诺（{interval}）</translation>
    </message>
    <message>
        <source>{n} more days of stop-work ({interval})</source>
        <translation>多停工 {n} 天（{interval}）</translation>
    </message>
    <message>
        <source>{n} fewer days of stop-work ({interval})</source>
        <translation>少停工 {n} 天（{interval}）</translation>
    </message>
</context>
<context>
    <name>ProblemTableModel</name>
    <message>
        <source>Where</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>File and line</source>
        <translation>文件与行号</translation>
    </message>
    <message>
        <source>problem</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>worth a look</source>
        <translation>值得留意</translation>
    </message>
    <message>
        <source>the file as a whole</source>
        <translation>整个文件</translation>
    </message>
    <message>
        <source>A review may take up to {longest} working days; the law allows {limit}.</source>
        <translation>审查最长可达 {longest} 个工作日，超过法定时限 {limit} 个工作日。</translation>
    </message>
    <message>
        <source>No stage needs this department.</source>
        <translation>没有环节用到这个部门。</translation>
    </message>
    <message>
        <source>Times, rates and differences are counted to {goal}.</source>
        <translation>天数、比率和差值都算到{goal}。</translation>
    </message>
    <message>
        <source>The policy is on, but no dependency is relaxed: it saves no waiting.</source>
        <translation>政策已开启，但没有任何先后关系可放宽，不会减少等待。</translation>
    </message>
</context>
<context>
    <name>QueueChart</name>
    <message>
        <source>How long queues get</source>
        <translation>队伍有多长</translation>
    </message>
    <message>
        <source>papers, longest queue of a replication</source>
        <translation>件，每次重复的最长队列</translation>
    </message>
    <message>
        <source>The longest queue forms at {name}: {b} papers under B, {a} under A (the longest of each replication, on average).</source>
        <translation>队最长的是{name}：B {b} 件，A {a} 件（各次重复的最长队列，取平均）。</translation>
    </message>
</context>
<context>
    <name>RegisterDesk</name>
    <message>
        <source>Simulated example (seed {seed}, written down up to {day}): nothing in it was observed.</source>
        <translation>模拟示例（种子 {seed}，记到 {day}）：其中没有任何真实记录。</translation>
    </message>
    <message>
        <source>Read only: somebody else is working on it.</source>
        <translation>只读：别人正在编辑此台账。</translation>
    </message>
    <message>
        <source>Read only: the file cannot be written.</source>
        <translation>只读：此文件无法写入。</translation>
    </message>
    <message>
        <source>{reason} The register can be read, not changed.</source>
        <translation>{reason}。台账可以查看，不能修改。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
</context>
<context>
    <name>RegisterDetails</name>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>何人</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>From</source>
        <translation>原为</translation>
    </message>
    <message>
        <source>To</source>
        <translation>改为</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Demands</source>
        <translation>诉求</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>History</source>
        <translation>修改历史</translation>
    </message>
    <message>
        <source>Add demand {id}</source>
        <translation>添加诉求 {id}</translation>
    </message>
    <message>
        <source>Remove demand {id}</source>
        <translation>删除诉求 {id}</translation>
    </message>
    <message>
        <source>Kind of demand</source>
        <translation>诉求类别</translation>
    </message>
    <message>
        <source>What the enterprise of the chosen project asks for</source>
        <translation>所选项目的企业提出什么诉求</translation>
    </message>
    <message>
        <source>New demand</source>
        <translation>新诉求</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Add demand</source>
        <translation>添加诉求</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Remove the demand chosen</source>
        <translation>删除所选诉求</translation>
    </message>
    <message>
        <source>Of all projects</source>
        <translation>全部项目</translation>
    </message>
</context>
<context>
    <name>RegisterFields</name>
    <message>
        <source>Light</source>
        <translation>灯</translation>
    </message>
    <message>
        <source>Stages under way</source>
        <translation>在办环节</translation>
    </message>
    <message>
        <source>Demand {id}</source>
        <translation>诉求 {id}</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>项目</translation>
    </message>
</context>
<context>
    <name>RegisterFiles</name>
    <message>
        <source>Open a register</source>
        <translation>打开台账</translation>
    </message>
    <message>
        <source>Registers (*.approvalsim *.xlsx *.xlsm)</source>
        <translation>台账 (*.approvalsim *.xlsx *.xlsm)</translation>
    </message>
    <message>
        <source>{name}: {projects} projects, {demands} demands. It is kept with its history in a register of its own; the workbook stays as it is.</source>
        <translation>{name}：{projects} 个项目，{demands} 条诉求。将另存为带修改历史的台账文件，原工作簿保持不变。</translation>
    </message>
    <message>
        <source>{number} contradictions are marked in the table.</source>
        <translation>有 {number} 处互相矛盾，已在表中标出。</translation>
    </message>
    <message>
        <source>Update {file}</source>
        <translation>更新 {file}</translation>
    </message>
    <message>
        <source>Keep it in {file}</source>
        <translation>存为 {file}</translation>
    </message>
    <message>
        <source>Elsewhere…</source>
        <translation>存到别处…</translation>
    </message>
    <message>
        <source>Keep the register in</source>
        <translation>台账保存到</translation>
    </message>
    <message>
        <source>Registers (*.approvalsim)</source>
        <translation>台账 (*.approvalsim)</translation>
    </message>
    <message>
        <source>Make a workbook</source>
        <translation>生成工作簿</translation>
    </message>
    <message>
        <source>Workbooks (*.xlsx)</source>
        <translation>工作簿 (*.xlsx)</translation>
    </message>
    <message>
        <source>Write to a workbook</source>
        <translation>写入工作簿</translation>
    </message>
    <message>
        <source>Workbooks (*.xlsx *.xlsm)</source>
        <translation>工作簿 (*.xlsx *.xlsm)</translation>
    </message>
</context>
<context>
    <name>RegisterStart</name>
    <message>
        <source>No project register is open</source>
        <translation>尚未打开项目台账</translation>
    </message>
    <message>
        <source>A register holds what has really happened: one row a project, with the dates of its stages. From it come lights, forecasts and the next actions.</source>
        <translation>台账记录真实进展：一行一个项目，逐环节填日期。据此亮灯、预测，并列出下一步。</translation>
    </message>
    <message>
        <source>Open a register…</source>
        <translation>打开台账…</translation>
    </message>
    <message>
        <source>Make a workbook…</source>
        <translation>生成空白工作簿…</translation>
    </message>
    <message>
        <source>Try with an example</source>
        <translation>用示例试一试</translation>
    </message>
    <message>
        <source>A workbook of your own (.xlsx), with headings as your office writes them, or a register of this program (.approvalsim).</source>
        <translation>本单位自己的工作簿（.xlsx，表头按平时习惯即可），或本程序的台账（.approvalsim）。</translation>
    </message>
    <message>
        <source>An empty Excel workbook for this scenario: its stages as columns, its listed projects as rows. Fill it in, then open it here.</source>
        <translation>为当前方案生成空白 Excel 台账：环节为列，所列项目为行。填好后在此打开。</translation>
    </message>
    <message>
        <source>The open scenario is simulated once and written down up to a date. Everything in such a register is made up, and says so.</source>
        <translation>把当前方案模拟一次，记到某一天为止。其中内容全是模拟所得，并会注明。</translation>
    </message>
</context>
<context>
    <name>RegisterView</name>
    <message>
        <source>{known} projects</source>
        <translation>{known} 个项目</translation>
    </message>
    <message>
        <source>{shown} of {known}</source>
        <translation>{known} 个中的 {shown} 个</translation>
    </message>
    <message>
        <source>Add project {id}</source>
        <translation>添加项目 {id}</translation>
    </message>
    <message>
        <source>Filter: name, owner, date…</source>
        <translation>筛选：名称、责任人、日期…</translation>
    </message>
    <message>
        <source>Filter projects</source>
        <translation>筛选项目</translation>
    </message>
    <message>
        <source>Id of a new project</source>
        <translation>新项目编号</translation>
    </message>
    <message>
        <source>Add project</source>
        <translation>添加项目</translation>
    </message>
    <message>
        <source>To Excel…</source>
        <translation>导出 Excel…</translation>
    </message>
    <message>
        <source>Writes a new workbook, or what has changed into one that exists</source>
        <translation>写出新工作簿；已有工作簿则只改动不同之处</translation>
    </message>
    <message>
        <source>Close the register</source>
        <translation>关闭台账</translation>
    </message>
    <message>
        <source>Projects of the register</source>
        <translation>台账中的项目</translation>
    </message>
</context>
<context>
    <name>RelaxationEditor</name>
    <message>
        <source>What may go ahead on the commitment path before its predecessor is finished.</source>
        <translation>在承诺路径上，哪些事项不必等前一环节办结。</translation>
    </message>
    <message>
        <source>This stage waits for no other, and no milestone waits for it.</source>
        <translation>本环节不等待其他环节，也没有里程碑等待它。</translation>
    </message>
</context>
<context>
    <name>RelaxationTableModel</name>
    <message>
        <source>Whether grade {grade} may relax it.</source>
        <translation>{grade} 级能否放宽此项。</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>可以</translation>
    </message>
    <message>
        <source>no</source>
        <translation>不可</translation>
    </message>
    <message>
        <source>Changed; the file says: {value}</source>
        <translation>已改动；文件中为：{value}</translation>
    </message>
    <message>
        <source>Need not wait</source>
        <translation>先后关系</translation>
    </message>
    <message>
        <source>What goes ahead of what.</source>
        <translation>哪个环节不必等哪个环节。</translation>
    </message>
    <message>
        <source>How</source>
        <translation>方式</translation>
    </message>
    <message>
        <source>Pre-review, or a promise to hand it in later.</source>
        <translation>预审，或承诺后补。</translation>
    </message>
    <message>
        <source>Uptake</source>
        <translation>采用率</translation>
    </message>
    <message>
        <source>Share of projects that use it.</source>
        <translation>用到此项的项目比例。</translation>
    </message>
    <message>
        <source>Due (wd)</source>
        <translation>补交 工作日</translation>
    </message>
    <message>
        <source>Working days until the paper is due.</source>
        <translation>补交期限，工作日。</translation>
    </message>
    <message>
        <source>Grace (wd)</source>
        <translation>宽限 工作日</translation>
    </message>
    <message>
        <source>Working days after that until the promise counts as broken.</source>
        <translation>逾期后再过多少个工作日算违诺。</translation>
    </message>
</context>
<context>
    <name>ReportExport</name>
    <message>
        <source>Export report</source>
        <translation>导出汇报</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>The report is being made, with what matters most: {share}. You can go on working.</source>
        <translation>正在生成汇报（含敏感性分析）：{share}，可以继续操作。</translation>
    </message>
</context>
<context>
    <name>RunPanel</name>
    <message>
        <source>Own seed</source>
        <translation>自定随机种子</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>引擎</translation>
    </message>
    <message>
        <source>Workers</source>
        <translation>并行数</translation>
    </message>
    <message>
        <source>Replications</source>
        <translation>重复次数</translation>
    </message>
    <message>
        <source>Half-width of the interval in days</source>
        <translation>区间半宽（天）</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>as many as there are cores</source>
        <translation>按处理器核数</translation>
    </message>
    <message>
        <source>Count times to {milestone}</source>
        <translation>计时到{milestone}</translation>
    </message>
    <message>
        <source>as the scenario says ({milestone})</source>
        <translation>按方案（{milestone}）</translation>
    </message>
    <message>
        <source>as many as the scenario says ({number})</source>
        <translation>按方案规定（{number} 次）</translation>
    </message>
    <message>
        <source>so many replications:</source>
        <translation>自定次数：</translation>
    </message>
    <message>
        <source>until the 95 % interval is ± so many days:</source>
        <translation>直到 95% 区间不超过 ± 若干天：</translation>
    </message>
    <message>
        <source>of the mean</source>
        <translation>平均值</translation>
    </message>
    <message>
        <source>automatic: the compiled one once it is ready</source>
        <translation>自动：编译好后用快速引擎</translation>
    </message>
    <message>
        <source>compiled</source>
        <translation>快速引擎（编译）</translation>
    </message>
    <message>
        <source>SimPy</source>
        <translation>SimPy</translation>
    </message>
    <message>
        <source>Count times to</source>
        <translation>时间算到</translation>
    </message>
    <message>
        <source>The milestone that times, rates and differences are about</source>
        <translation>时间、比例和差值都以这个里程碑为准</translation>
    </message>
    <message>
        <source>Write into the scenario</source>
        <translation>写入方案</translation>
    </message>
    <message>
        <source>Makes the scenario itself count to this milestone; can be undone</source>
        <translation>让方案本身计时到这个里程碑；可撤销</translation>
    </message>
    <message>
        <source>How many replications</source>
        <translation>重复多少次</translation>
    </message>
    <message>
        <source>Interval of the difference</source>
        <translation>哪个差值的区间</translation>
    </message>
    <message>
        <source>Replications at most</source>
        <translation>最多重复次数</translation>
    </message>
    <message>
        <source> days</source>
        <translation> 天</translation>
    </message>
    <message>
        <source>Both engines give the same figures to the last bit. The same seed is the same luck: differences between A and B come from the rules alone.</source>
        <translation>两个引擎的结果逐位相同。种子相同，运气就相同：A 与 B 的差别只来自规则。</translation>
    </message>
    <message>
        <source>Copy manifest</source>
        <translation>复制清单</translation>
    </message>
    <message>
        <source>Everything needed to repeat this result: scenario, seed, version, engine</source>
        <translation>重做这一结果所需的全部信息：方案、种子、版本、引擎</translation>
    </message>
</context>
<context>
    <name>ScenarioDocument</name>
    <message>
        <source>Reload from disk</source>
        <translation>从磁盘重新载入</translation>
    </message>
    <message>
        <source>Recover unsaved changes</source>
        <translation>恢复未保存的改动</translation>
    </message>
</context>
<context>
    <name>ScenarioEditing</name>
    <message>
        <source>Reset: {place}</source>
        <translation>还原：{place}</translation>
    </message>
    <message>
        <source>Reset everything to the file</source>
        <translation>全部还原为文件中的数值</translation>
    </message>
</context>
<context>
    <name>Schedule</name>
    <message>
        <source>Stage, owner</source>
        <translation>环节、责任单位</translation>
    </message>
    <message>
        <source>Submit by</source>
        <translation>最迟送审</translation>
    </message>
    <message>
        <source>Finish by</source>
        <translation>最迟办结</translation>
    </message>
    <message>
        <source>Slack</source>
        <translation>余量</translation>
    </message>
    <message>
        <source>target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>sure by {date}</source>
        <translation>{date} 可保</translation>
    </message>
    <message>
        <source>Seed {seed}, {replications} replications. Dates by a model, with every submission as late as they allow; earlier is better.</source>
        <translation>种子 {seed}，重复 {replications} 次。日期由模型算出，假定每次送审都压到最后一天；越早越稳妥。</translation>
    </message>
    <message>
        <source>{scenario}: {project}</source>
        <translation>{scenario}：{project}</translation>
    </message>
    <message>
        <source>By these dates the project reaches {goal} by {target} with a probability of {chance} (asked: {sure}).</source>
        <translation>按这些日期办，有 {chance} 的把握在 {target} 前{goal}（要求 {sure}）。</translation>
    </message>
    <message>
        <source>{goal} by {target} cannot be held: even if everything goes as fast as it can, the probability is {fastest}, and no date is held with {sure}.</source>
        <translation>{target} 前{goal}保不住：即使一切从速，把握也只有 {fastest}，任何日期都达不到 {sure}。</translation>
    </message>
    <message>
        <source>{goal} by {target} cannot be held with {sure}: even if everything goes as fast as it can, the probability is {fastest}. {days} more days are needed; {earliest} is the first date that sure.</source>
        <translation>{target} 前{goal}达不到 {sure} 的把握：即使一切从速也只有 {fastest}。还差 {days} 天，最早可保 {earliest}。</translation>
    </message>
    <message>
        <source>Provisional, after {number} replications.</source>
        <translation>暂估，重复 {number} 次。</translation>
    </message>
    <message>
        <source>Stage (deliverable)</source>
        <translation>环节（交付物）</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>责任单位</translation>
    </message>
    <message>
        <source>Submitted</source>
        <translation>已送审</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>已办结</translation>
    </message>
    <message>
        <source>Slack, days</source>
        <translation>余量（天）</translation>
    </message>
    <message>
        <source>At once</source>
        <translation>立即</translation>
    </message>
    <message>
        <source>at once</source>
        <translation>立即办</translation>
    </message>
</context>
<context>
    <name>ScheduleDesk</name>
    <message>
        <source>{measure}: this cannot be said in the scenario itself.</source>
        <translation>{measure}：方案本身无法写入这一项。</translation>
    </message>
</context>
<context>
    <name>ScheduleMeasures</name>
    <message>
        <source>What would bring it closer, one thing at a time</source>
        <translation>可以缩短差距的措施（逐项单独计算）</translation>
    </message>
    <message>
        <source>{days} days earlier</source>
        <translation>提前 {days} 天</translation>
    </message>
    <message>
        <source>{days} days earlier: the target then holds</source>
        <translation>提前 {days} 天，目标因此可保</translation>
    </message>
    <message>
        <source>Try in a variant</source>
        <translation>建变体试算</translation>
    </message>
    <message>
        <source>decided for the project, not in the scenario</source>
        <translation>由项目自身决定，不写在方案里</translation>
    </message>
    <message>
        <source>Try in a variant: {measure}</source>
        <translation>建变体试算：{measure}</translation>
    </message>
</context>
<context>
    <name>ScheduleView</name>
    <message>
        <source>A typical project of this scenario</source>
        <translation>本方案的一个典型项目</translation>
    </message>
    <message>
        <source>Table copied.</source>
        <translation>已复制表格。</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>signs on</source>
        <translation>签约日</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>目标日期</translation>
    </message>
    <message>
        <source>How sure</source>
        <translation>把握</translation>
    </message>
    <message>
        <source>Project to plan</source>
        <translation>要倒排的项目</translation>
    </message>
    <message>
        <source>Date of signing</source>
        <translation>签约日期</translation>
    </message>
    <message>
        <source>Target date</source>
        <translation>目标日期</translation>
    </message>
    <message>
        <source>How sure the target shall be</source>
        <translation>要有多大把握</translation>
    </message>
    <message>
        <source>Dates as a table</source>
        <translation>日期表</translation>
    </message>
    <message>
        <source>Dates as a chart</source>
        <translation>日期图</translation>
    </message>
    <message>
        <source>Progress of the schedule</source>
        <translation>倒排进度</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>One page of A3 (PDF)…</source>
        <translation>一页 A3（PDF）…</translation>
    </message>
    <message>
        <source>Picture (PNG)…</source>
        <translation>图片（PNG）…</translation>
    </message>
    <message>
        <source>Table (CSV)…</source>
        <translation>表格（CSV）…</translation>
    </message>
    <message>
        <source>Copy table</source>
        <translation>复制表格</translation>
    </message>
    <message>
        <source>The dates are being worked out…</source>
        <translation>正在倒排日期…</translation>
    </message>
    <message>
        <source>▶ latest submission, ◆ latest end. Latest dates by the model, not a record: earlier is better. Seed {seed}, {replications} replications.</source>
        <translation>▶ 最迟送审，◆ 最迟办结。日期由模型算出，并非记录：越早越稳妥。种子 {seed}，重复 {replications} 次。</translation>
    </message>
</context>
<context>
    <name>Screens</name>
    <message>
        <source>Compare</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>Stages</source>
        <translation>阶段</translation>
    </message>
    <message>
        <source>Policy</source>
        <translation>政策</translation>
    </message>
    <message>
        <source>Graph</source>
        <translation>依赖图</translation>
    </message>
    <message>
        <source>Walk-through</source>
        <translation>过程回放</translation>
    </message>
    <message>
        <source>Wall chart</source>
        <translation>挂图</translation>
    </message>
    <message>
        <source>Departments</source>
        <translation>部门</translation>
    </message>
    <message>
        <source>Register</source>
        <translation>项目台账</translation>
    </message>
    <message>
        <source>Dispatch</source>
        <translation>督办看板</translation>
    </message>
    <message>
        <source>Back-schedule</source>
        <translation>倒排工期</translation>
    </message>
</context>
<context>
    <name>SidesBar</name>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Stop, and keep what is done (Esc)</source>
        <translation>停止，保留已完成的部分（Esc）</translation>
    </message>
    <message>
        <source>Run all replications again (F5)</source>
        <translation>全部重新运行（F5）</translation>
    </message>
    <message>
        <source>Side A</source>
        <translation>A 方</translation>
    </message>
    <message>
        <source>Side B</source>
        <translation>B 方</translation>
    </message>
    <message>
        <source>Swap A and B</source>
        <translation>互换 A 与 B</translation>
    </message>
    <message>
        <source>Policy off → on</source>
        <translation>政策 关 → 开</translation>
    </message>
    <message>
        <source>Compare one scenario without and with the commitment policy</source>
        <translation>同一方案，比较不用与采用容缺承诺政策</translation>
    </message>
    <message>
        <source>Supervision off → on</source>
        <translation>督导 无 → 有</translation>
    </message>
    <message>
        <source>Compare one scenario without and with supervision</source>
        <translation>比较同一方案没有督导与有督导</translation>
    </message>
    <message>
        <source>Before → after changes</source>
        <translation>改动 前 → 后</translation>
    </message>
    <message>
        <source>Compare the file as it was opened with what you have changed</source>
        <translation>比较打开时的方案与改动后的方案</translation>
    </message>
    <message>
        <source>Progress of the run</source>
        <translation>运行进度</translation>
    </message>
</context>
<context>
    <name>SourceEditor</name>
    <message>
        <source>&amp;Source (empty: assumed)</source>
        <translation>出处（留空即为假设）(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Note</source>
        <translation>说明(&amp;N)</translation>
    </message>
    <message>
        <source>law, report, statistics, with date</source>
        <translation>法规、报道或统计，注明日期</translation>
    </message>
    <message>
        <source>Take over</source>
        <translation>采用</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>StageDetails</name>
    <message>
        <source>none: no queue</source>
        <translation>无（不占席位）</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Owner: who answers for it</source>
        <translation>责任单位（责任人）</translation>
    </message>
    <message>
        <source>Department</source>
        <translation>审查部门</translation>
    </message>
    <message>
        <source>Whose time it mostly is</source>
        <translation>时间主要花在谁那里</translation>
    </message>
    <message>
        <source>not said</source>
        <translation>未说明</translation>
    </message>
    <message>
        <source>Joint meeting every</source>
        <translation>会审，每隔</translation>
    </message>
    <message>
        <source>none</source>
        <translation>不开会审</translation>
    </message>
    <message>
        <source>First meeting after</source>
        <translation>首次会审，起点后</translation>
    </message>
</context>
<context>
    <name>StageEditor</name>
    <message>
        <source>all projects</source>
        <translation>全部项目</translation>
    </message>
    <message>
        <source>Put back what the file says</source>
        <translation>改回文件中的数值</translation>
    </message>
    <message>
        <source>Where does it come from?</source>
        <translation>这个数从哪里来？</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>&amp;Values for</source>
        <translation>数值适用于(&amp;V)</translation>
    </message>
    <message>
        <source>Projects whose values are shown</source>
        <translation>所示数值适用的项目</translation>
    </message>
    <message>
        <source>Stages</source>
        <translation>环节</translation>
    </message>
    <message>
        <source>Departments</source>
        <translation>部门</translation>
    </message>
</context>
<context>
    <name>StageInspector</name>
    <message>
        <source>No stage chosen</source>
        <translation>未选环节</translation>
    </message>
    <message>
        <source>for all projects</source>
        <translation>适用于全部项目</translation>
    </message>
    <message>
        <source>all projects</source>
        <translation>全部项目</translation>
    </message>
    <message>
        <source>differs for: {others}</source>
        <translation>另有不同：{others}</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Preparation</source>
        <translation>准备</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>审查</translation>
    </message>
    <message>
        <source>Public notice</source>
        <translation>公示公告</translation>
    </message>
    <message>
        <source>Sent back for correction</source>
        <translation>补正概率</translation>
    </message>
    <message>
        <source>Rework</source>
        <translation>补正时间</translation>
    </message>
    <message>
        <source>Chance at each further round, times</source>
        <translation>再次补正的概率，乘以</translation>
    </message>
    <message>
        <source>Corrections at most</source>
        <translation>最多补正次数</translation>
    </message>
    <message>
        <source>Legal limit of one review</source>
        <translation>一次审查的法定时限</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>Corrections</source>
        <translation>补正与时限</translation>
    </message>
    <message>
        <source>Relaxed</source>
        <translation>放宽</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>归属</translation>
    </message>
    <message>
        <source>Values of the stage</source>
        <translation>本环节的数值</translation>
    </message>
</context>
<context>
    <name>StageTableModel</name>
    <message>
        <source>no queue</source>
        <translation>不占席位</translation>
    </message>
    <message>
        <source>after {milestone}</source>
        <translation>可在{milestone}后补</translation>
    </message>
    <message>
        <source>pre-review before {stage}</source>
        <translation>{stage}之前预审</translation>
    </message>
    <message>
        <source>{stage} later</source>
        <translation>{stage}后补</translation>
    </message>
    <message>
        <source>As for all projects.</source>
        <translation>与全部项目相同。</translation>
    </message>
    <message>
        <source>Changed; the file says: {value}</source>
        <translation>已改动；文件中为：{value}</translation>
    </message>
    <message>
        <source>No run yet.</source>
        <translation>尚未运行。</translation>
    </message>
    <message>
        <source>preparation</source>
        <translation>准备</translation>
    </message>
    <message>
        <source>waiting for a meeting</source>
        <translation>等会审</translation>
    </message>
    <message>
        <source>in the queue</source>
        <translation>排队</translation>
    </message>
    <message>
        <source>review</source>
        <translation>审查</translation>
    </message>
    <message>
        <source>rework</source>
        <translation>补正</translation>
    </message>
    <message>
        <source>public notice</source>
        <translation>公示公告</translation>
    </message>
    <message>
        <source>issue</source>
        <translation>换证</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>环节</translation>
    </message>
    <message>
        <source>Office</source>
        <translation>部门</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>责任单位</translation>
    </message>
    <message>
        <source>Prepare (d)</source>
        <translation>准备 日</translation>
    </message>
    <message>
        <source>Review (wd)</source>
        <translation>审查 工作日</translation>
    </message>
    <message>
        <source>Notice (d)</source>
        <translation>公示 日</translation>
    </message>
    <message>
        <source>Sent back</source>
        <translation>补正 概率</translation>
    </message>
    <message>
        <source>Limit (wd)</source>
        <translation>时限 工作日</translation>
    </message>
    <message>
        <source>Relaxed</source>
        <translation>放宽</translation>
    </message>
    <message>
        <source>Critical</source>
        <translation>关键度</translation>
    </message>
    <message>
        <source>Mean days</source>
        <translation>平均 天数</translation>
    </message>
    <message>
        <source>The stage; its name can be changed.</source>
        <translation>环节名称，可以修改。</translation>
    </message>
    <message>
        <source>The department whose reviewers it needs.</source>
        <translation>由哪个部门审查。</translation>
    </message>
    <message>
        <source>Who answers for it.</source>
        <translation>由谁负责。</translation>
    </message>
    <message>
        <source>Least/likely/most time to prepare the papers; calendar days (d) unless said.</source>
        <translation>准备材料的时间：最短/最可能/最长；未注明为日历日。</translation>
    </message>
    <message>
        <source>Least/likely/most time of one review; working days (wd) unless said.</source>
        <translation>一次审查的时间：最短/最可能/最长；未注明为工作日。</translation>
    </message>
    <message>
        <source>Public notice after the review; calendar days (d) unless said.</source>
        <translation>审查通过后的公示公告；未注明为日历日。</translation>
    </message>
    <message>
        <source>How often a first submission is sent back for correction.</source>
        <translation>首次报送被要求补正的概率。</translation>
    </message>
    <message>
        <source>The legal limit of one review, in working days.</source>
        <translation>一次审查的法定时限，工作日。</translation>
    </message>
    <message>
        <source>What the commitment path need not wait for.</source>
        <translation>承诺路径上不必等待的事项。</translation>
    </message>
    <message>
        <source>In how many projects the stage lies on the path that decides.</source>
        <translation>该环节落在关键路径上的项目比例。</translation>
    </message>
    <message>
        <source>Calendar days from ready to finished, on average.</source>
        <translation>从可以开始到办结的平均日历天数。</translation>
    </message>
</context>
<context>
    <name>StartRateChart</name>
    <message>
        <source>By the end of</source>
        <translation>截至</translation>
    </message>
    <message>
        <source>Out of</source>
        <translation>分母</translation>
    </message>
    <message>
        <source>Difference B − A, points</source>
        <translation>差 B − A（百分点）</translation>
    </message>
    <message>
        <source>Share of projects over time</source>
        <translation>项目比例走势</translation>
    </message>
    <message>
        <source>{rate} over time</source>
        <translation>{rate}走势</translation>
    </message>
    <message>
        <source>Choose dates to see the {rate} with its interval.</source>
        <translation>加上日期，就能看到当日的{rate}和区间。</translation>
    </message>
    <message>
        <source>reached {goal} / signed</source>
        <translation>已{goal} / 已签约</translation>
    </message>
    <message>
        <source>all signed</source>
        <translation>全部已签约</translation>
    </message>
    <message>
        <source>signed and not left</source>
        <translation>其中未退出</translation>
    </message>
    <message>
        <source>By {date} nobody has signed.</source>
        <translation>到{date}还没有项目签约。</translation>
    </message>
    <message>
        <source>By {date}: A {a}, B {b}, no sure difference.</source>
        <translation>到{date}：A {a}，B {b}，看不出确定的差别。</translation>
    </message>
    <message>
        <source>By {date}: A {a}, B {b}, {points} points more ({interval}).</source>
        <translation>到{date}：A {a}，B {b}，高 {points} 个百分点（{interval}）。</translation>
    </message>
    <message>
        <source>By {date}: A {a}, B {b}, {points} points fewer ({interval}).</source>
        <translation>到{date}：A {a}，B {b}，低 {points} 个百分点（{interval}）。</translation>
    </message>
    <message>
        <source>by {date}</source>
        <translation>截至{date}</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Replications: {done} of {wanted}</source>
        <translation>重复 {done} / {wanted} 次</translation>
    </message>
    <message>
        <source>Replications: {done}</source>
        <translation>重复 {done} 次</translation>
    </message>
    <message>
        <source>Seed: {seed}</source>
        <translation>种子 {seed}</translation>
    </message>
    <message>
        <source>Holidays assumed from {date}</source>
        <translation>{date}起的放假安排为推定</translation>
    </message>
    <message>
        <source>◔ Running</source>
        <translation>◔ 运行中</translation>
    </message>
    <message>
        <source>○ No answer yet</source>
        <translation>○ 尚无结果</translation>
    </message>
    <message>
        <source>● Complete</source>
        <translation>● 已完成</translation>
    </message>
    <message>
        <source>◑ Provisional</source>
        <translation>◑ 暂定结果</translation>
    </message>
    <message>
        <source>Engine: compiled</source>
        <translation>引擎：快速（编译）</translation>
    </message>
    <message>
        <source>Engine: SimPy, while the quick one is being compiled (once)</source>
        <translation>引擎：SimPy；快速引擎正在编译（仅此一次）</translation>
    </message>
    <message>
        <source>Engine: SimPy; the quick one could not be compiled</source>
        <translation>引擎：SimPy；快速引擎未能编译</translation>
    </message>
    <message>
        <source>Engine: SimPy</source>
        <translation>引擎：SimPy</translation>
    </message>
    <message>
        <source>Change the language</source>
        <translation>切换语言</translation>
    </message>
    <message>
        <source>Light or dark</source>
        <translation>浅色或深色</translation>
    </message>
</context>
<context>
    <name>SteeringPapers</name>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
</context>
<context>
    <name>Strip</name>
    <message>
        <source>{name} · policy off</source>
        <translation>{name} · 政策关</translation>
    </message>
    <message>
        <source>{name} · policy on</source>
        <translation>{name} · 政策开</translation>
    </message>
    <message>
        <source>{name} · without supervision</source>
        <translation>{name} · 没有督导</translation>
    </message>
    <message>
        <source>{name} · with supervision</source>
        <translation>{name} · 有督导</translation>
    </message>
    <message>
        <source>{name} · before changes</source>
        <translation>{name} · 改动前</translation>
    </message>
    <message>
        <source>{name} · policy off, before changes</source>
        <translation>{name} · 政策关，改动前</translation>
    </message>
    <message>
        <source>{name} · policy on, before changes</source>
        <translation>{name} · 政策开，改动前</translation>
    </message>
    <message>
        <source>{name} · without supervision, before changes</source>
        <translation>{name} · 没有督导，改动前</translation>
    </message>
    <message>
        <source>{name} · with supervision, before changes</source>
        <translation>{name} · 有督导，改动前</translation>
    </message>
</context>
<context>
    <name>SupervisionPanel</name>
    <message>
        <source>Supervision: none</source>
        <translation>督导：没有</translation>
    </message>
    <message>
        <source>Nobody is urged on. Tick it to add supervision with assumed numbers.</source>
        <translation>没有项目被催办。勾选即加上督导，数字均为假设。</translation>
    </message>
    <message>
        <source>Supervision: on</source>
        <translation>督导：开</translation>
    </message>
    <message>
        <source>Projects that are late against their plan are urged on: applicants work faster, and departments that serve by priority ({n} of {all}) take them first.</source>
        <translation>对照计划已经落后的项目由专班催办：企业准备更快，按优先级办理的部门（{all} 个中有 {n} 个）先办。</translation>
    </message>
    <message>
        <source>Supervision: off</source>
        <translation>督导：关</translation>
    </message>
    <message>
        <source>Nobody is urged on.</source>
        <translation>没有项目被催办。</translation>
    </message>
    <message>
        <source>Task forces accompany projects</source>
        <translation>专班跟进项目</translation>
    </message>
    <message>
        <source>A team with more projects under way than it can accompany slows them down.</source>
        <translation>一个专班手上的在办项目超出能同时跟进的数目，就会拖慢这些项目。</translation>
    </message>
    <message>
        <source>Time saved while urged on</source>
        <translation>催办期间节省的时间</translation>
    </message>
    <message>
        <source>Target after signing</source>
        <translation>签约后目标时限</translation>
    </message>
    <message>
        <source>days</source>
        <translation>天</translation>
    </message>
    <message>
        <source>Review of all projects every</source>
        <translation>每隔多久检查一次</translation>
    </message>
    <message>
        <source>First review after</source>
        <translation>第一次检查在</translation>
    </message>
    <message>
        <source>Red when late by more than</source>
        <translation>落后超过多少天转红灯</translation>
    </message>
    <message>
        <source>Places with a leader</source>
        <translation>领导挂点名额</translation>
    </message>
    <message>
        <source>projects</source>
        <translation>个项目</translation>
    </message>
    <message>
        <source>Projects of one team</source>
        <translation>一个专班的项目数</translation>
    </message>
    <message>
        <source>Projects at a time without delay</source>
        <translation>能同时跟进的项目数</translation>
    </message>
    <message>
        <source>Slower for each project beyond</source>
        <translation>每超出一个项目放慢</translation>
    </message>
    <message>
        <source>own only</source>
        <translation>只看各自目标</translation>
    </message>
    <message>
        <source>Only projects that state a target date have one</source>
        <translation>只有写明目标日的项目才有目标</translation>
    </message>
    <message>
        <source>Compare off → on</source>
        <translation>比较 无 → 有</translation>
    </message>
    <message>
        <source>Compare this scenario without and with supervision</source>
        <translation>比较本方案没有督导与有督导</translation>
    </message>
</context>
<context>
    <name>TargetField</name>
    <message>
        <source>Target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>days from signing</source>
        <translation>天（签约后）</translation>
    </message>
    <message>
        <source>Target in days from signing</source>
        <translation>目标，签约后天数</translation>
    </message>
</context>
<context>
    <name>TornadoCard</name>
    <message>
        <source>Mean time</source>
        <translation>平均天数</translation>
    </message>
    <message>
        <source>Mean time with stop-work</source>
        <translation>平均天数（含停工）</translation>
    </message>
    <message>
        <source>What is measured</source>
        <translation>看哪个指标</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Calculate</source>
        <translation>计算</translation>
    </message>
    <message>
        <source>Some seconds for one project, minutes for many</source>
        <translation>单个项目只需几秒，项目多时要几分钟</translation>
    </message>
    <message>
        <source>As far as they go</source>
        <translation>按实际范围</translation>
    </message>
    <message>
        <source>All by ±20 %</source>
        <translation>一律 ±20%</translation>
    </message>
    <message>
        <source>Progress of the analysis</source>
        <translation>分析进度</translation>
    </message>
</context>
<context>
    <name>TornadoChart</name>
    <message>
        <source>What matters most</source>
        <translation>什么影响最大</translation>
    </message>
    <message>
        <source>Every uncertain input is moved by itself, under the same luck: its lowest and its highest likely value, a reviewer less and more, nobody and everybody on the commitment path. For many projects this takes minutes; bars appear as they are found, and it can be cancelled at any time.</source>
        <translation>在同样的运气下，逐个变动每个不确定的输入：取其可能的最低值和最高值、少一名和多一名审查人员、无人和人人走承诺路径。项目多时要几分钟；算出一条显示一条，随时可以取消。</translation>
    </message>
    <message>
        <source>Of what is uncertain, {} matters most.</source>
        <translation>不确定的时间里，影响最大的是{}。</translation>
    </message>
    <message>
        <source>Of what can be decided, it is {}.</source>
        <translation>可以决定的事里，影响最大的是{}。</translation>
    </message>
    <message>
        <source>Moved by 20 % each, {} matters most.</source>
        <translation>一律变动 20% 时，影响最大的是{}。</translation>
    </message>
    <message>
        <source>No input moves the outcome.</source>
        <translation>没有参数影响结果。</translation>
    </message>
    <message>
        <source>So far {done} of {inputs} inputs.</source>
        <translation>已算 {inputs} 个参数中的 {done} 个。</translation>
    </message>
    <message>
        <source>The scenario has been changed since.</source>
        <translation>方案在那之后又改过。</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Origin</source>
        <translation>来历</translation>
    </message>
    <message>
        <source>Low end</source>
        <translation>低端</translation>
    </message>
    <message>
        <source>Change at the low end</source>
        <translation>低端的变化</translation>
    </message>
    <message>
        <source>High end</source>
        <translation>高端</translation>
    </message>
    <message>
        <source>Change at the high end</source>
        <translation>高端的变化</translation>
    </message>
    <message>
        <source>better</source>
        <translation>变好</translation>
    </message>
    <message>
        <source>worse</source>
        <translation>变差</translation>
    </message>
    <message>
        <source>hollow: low end; filled: high end</source>
        <translation>空心为低端，实心为高端</translation>
    </message>
    <message>
        <source>change in percentage points</source>
        <translation>变化（百分点）</translation>
    </message>
    <message>
        <source>change in days</source>
        <translation>变化（天）</translation>
    </message>
    <message>
        <source>{change} at {end}</source>
        <translation>{end}时 {change}</translation>
    </message>
    <message>
        <source>&quot;{name}&quot; ({ends})</source>
        <translation>“{name}”（{ends}）</translation>
    </message>
    <message>
        <source>{n} working days</source>
        <translation>{n} 工作日</translation>
    </message>
    <message>
        <source>{n} days</source>
        <translation>{n} 天</translation>
    </message>
    <message>
        <source>{n} reviewers</source>
        <translation>{n} 个席位</translation>
    </message>
    <message>
        <source>now {}</source>
        <translation>现状 {}</translation>
    </message>
    <message>
        <source>now {} days</source>
        <translation>现状 {} 天</translation>
    </message>
</context>
<context>
    <name>Tour</name>
    <message>
        <source>&amp;Back</source>
        <translation>上一步(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Next</source>
        <translation>下一步(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Done</source>
        <translation>完成(&amp;D)</translation>
    </message>
    <message>
        <source>S&amp;kip</source>
        <translation>跳过(&amp;K)</translation>
    </message>
    <message>
        <source>The answer is here already</source>
        <translation>结果已经算好</translation>
    </message>
    <message>
        <source>A is the standard process, B the fast track with commitments, for the same projects under the same luck. The sentence says what differs; the cards say by how much, and what it costs.</source>
        <translation>A 是标准流程，B 是容缺审批＋承诺制：同一批项目，同样的运气。上面一句话说明差别，下面的卡片说明差多少、代价是什么。</translation>
    </message>
    <message>
        <source>Change anything</source>
        <translation>什么都可以改</translation>
    </message>
    <message>
        <source>In Stages every duration, correction and reviewer can be changed. The answer follows while you drag. Ctrl+Z takes everything back.</source>
        <translation>在“阶段”里可以改动每个时长、补正概率和审查人数，拖动时结果随之变化。按 Ctrl+Z 可全部撤销。</translation>
    </message>
    <message>
        <source>See what your change does</source>
        <translation>看改动带来什么</translation>
    </message>
    <message>
        <source>This button compares the scenario before your changes with what it is now. The two lists beside it put any two open scenarios next to each other.</source>
        <translation>这个按钮把改动前的方案与现在的方案相比。左边两个列表可以把任意两个打开的方案放在一起比较。</translation>
    </message>
    <message>
        <source>Why it takes so long</source>
        <translation>为什么要这么久</translation>
    </message>
    <message>
        <source>The graph shows who waits for whom, and which stage decides. Every number tells where it comes from. F1 brings this tour back.</source>
        <translation>依赖图说明谁在等谁、哪个环节起决定作用。每个数都注明出处。按 F1 可再看一遍导览。</translation>
    </message>
</context>
<context>
    <name>UtilisationChart</name>
    <message>
        <source>How busy reviewers are</source>
        <translation>审查席位有多忙</translation>
    </message>
    <message>
        <source>time in use</source>
        <translation>占用率</translation>
    </message>
    <message>
        <source>Busiest under B is {name}: {b} of the time ({a} under A), averaged over the whole run, its quiet end included.</source>
        <translation>B 最忙的是{name}：占用 {b} 的时间（A 为 {a}），按全程平均，含末尾的空闲期。</translation>
    </message>
</context>
<context>
    <name>Views</name>
    <message>
        <source>Reporting dates</source>
        <translation>统计日期</translation>
    </message>
</context>
<context>
    <name>WaitChart</name>
    <message>
        <source>How long papers wait for a reviewer</source>
        <translation>材料排队等多久</translation>
    </message>
    <message>
        <source>calendar days, mean</source>
        <translation>平均日历天</translation>
    </message>
    <message>
        <source>Papers wait longest at {name}: {b} days on average under B, {a} under A.</source>
        <translation>等得最久的是{name}：平均 B {b} 天，A {a} 天。</translation>
    </message>
</context>
<context>
    <name>WalkBar</name>
    <message>
        <source>Waiting for the first result…</source>
        <translation>正在等待第一个结果…</translation>
    </message>
    <message>
        <source>any project</source>
        <translation>任一项目</translation>
    </message>
    <message>
        <source>median</source>
        <translation>中位</translation>
    </message>
    <message>
        <source>P80</source>
        <translation>P80</translation>
    </message>
    <message>
        <source>worst</source>
        <translation>最慢</translation>
    </message>
    <message>
        <source>Half of all are not slower</source>
        <translation>一半的情形不比它慢</translation>
    </message>
    <message>
        <source>Eight of ten are not slower</source>
        <translation>十个里有八个不比它慢</translation>
    </message>
    <message>
        <source>The slowest of all</source>
        <translation>所有情形中最慢的</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>To the signing (Home)</source>
        <translation>回到签约（Home）</translation>
    </message>
    <message>
        <source>Event before (←)</source>
        <translation>上一个事件（←）</translation>
    </message>
    <message>
        <source>Next event (→)</source>
        <translation>下一个事件（→）</translation>
    </message>
    <message>
        <source>To the end (End)</source>
        <translation>到最后（End）</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>{days} days a second</source>
        <translation>每秒 {days} 天</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>时间轴</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>事件表</translation>
    </message>
    <message>
        <source>Less motion</source>
        <translation>减少动画</translation>
    </message>
    <message>
        <source>Go from event to event instead of gliding</source>
        <translation>逐个事件跳转，不连续移动</translation>
    </message>
    <message>
        <source>Pause (Space)</source>
        <translation>暂停（空格）</translation>
    </message>
    <message>
        <source>Play (Space)</source>
        <translation>播放（空格）</translation>
    </message>
</context>
<context>
    <name>WalkTable</name>
    <message>
        <source>date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>days since signing</source>
        <translation>签约后天数</translation>
    </message>
    <message>
        <source>stage</source>
        <translation>环节</translation>
    </message>
    <message>
        <source>event</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>round</source>
        <translation>轮次</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>事件表</translation>
    </message>
</context>
<context>
    <name>WalkTicker</name>
    <message>
        <source>day {number} since signing</source>
        <translation>签约后第 {number} 天</translation>
    </message>
    <message>
        <source>held until put right</source>
        <translation>整改中，暂停推进</translation>
    </message>
</context>
<context>
    <name>WalkTimeline</name>
    <message>
        <source>held</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>{stage}: {phase}, {begin} to {end}, {days} days</source>
        <translation>{stage}：{phase}，{begin}至{end}，{days} 天</translation>
    </message>
</context>
<context>
    <name>WalkView</name>
    <message>
        <source>No such project reaches {goal}.</source>
        <translation>没有项目{goal}。</translation>
    </message>
    <message>
        <source>Where the project is</source>
        <translation>项目走到哪里</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>时间轴</translation>
    </message>
</context>
<context>
    <name>WalkWords</name>
    <message>
        <source>preparing</source>
        <translation>准备</translation>
    </message>
    <message>
        <source>awaiting meeting</source>
        <translation>等会审</translation>
    </message>
    <message>
        <source>queueing</source>
        <translation>排队</translation>
    </message>
    <message>
        <source>under review</source>
        <translation>审查</translation>
    </message>
    <message>
        <source>correcting</source>
        <translation>补正</translation>
    </message>
    <message>
        <source>public notice</source>
        <translation>公示</translation>
    </message>
    <message>
        <source>awaiting others</source>
        <translation>等前项</translation>
    </message>
    <message>
        <source>issuing</source>
        <translation>发证</translation>
    </message>
    <message>
        <source>signed</source>
        <translation>签约</translation>
    </message>
    <message>
        <source>can begin</source>
        <translation>可以开始</translation>
    </message>
    <message>
        <source>submitted</source>
        <translation>报送</translation>
    </message>
    <message>
        <source>review begins</source>
        <translation>开始审查</translation>
    </message>
    <message>
        <source>sent back for correction</source>
        <translation>退回补正</translation>
    </message>
    <message>
        <source>review passed</source>
        <translation>审查通过</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>办结</translation>
    </message>
    <message>
        <source>reached</source>
        <translation>达成</translation>
    </message>
    <message>
        <source>papers owed from now on</source>
        <translation>欠件，限期补交</translation>
    </message>
    <message>
        <source>promise broken, project held</source>
        <translation>违诺，暂停推进</translation>
    </message>
    <message>
        <source>put right, project goes on</source>
        <translation>整改完成，恢复推进</translation>
    </message>
    <message>
        <source>dropped out</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>commitment path</source>
        <translation>承诺路径</translation>
    </message>
    <message>
        <source>standard path</source>
        <translation>标准路径</translation>
    </message>
    <message>
        <source>grade {grade}</source>
        <translation>{grade} 级</translation>
    </message>
    <message>
        <source>{path}, {grade}</source>
        <translation>{path}，{grade}</translation>
    </message>
    <message>
        <source>{days} days to “{goal}”</source>
        <translation>签约到“{goal}”{days} 天</translation>
    </message>
    <message>
        <source>replication {number}</source>
        <translation>第 {number} 次重复</translation>
    </message>
    <message>
        <source>sent back ×{count}</source>
        <translation>补正×{count}</translation>
    </message>
    <message>
        <source>done {date}</source>
        <translation>{date}办结</translation>
    </message>
    <message>
        <source>day {number}</source>
        <translation>第 {number} 天</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>does not reach {goal}</source>
        <translation>没有{goal}</translation>
    </message>
    <message>
        <source>{event} (round {number})</source>
        <translation>{event}（第 {number} 轮）</translation>
    </message>
    <message>
        <source>awaits {names}</source>
        <translation>等{names}</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>未开始</translation>
    </message>
    <message>
        <source>done; waits for others</source>
        <translation>已办结，等其他环节</translation>
    </message>
    <message>
        <source>done</source>
        <translation>已办结</translation>
    </message>
    <message>
        <source>papers owed</source>
        <translation>欠件</translation>
    </message>
    <message>
        <source>working day in exchange</source>
        <translation>调休上班</translation>
    </message>
    <message>
        <source>working day</source>
        <translation>工作日</translation>
    </message>
    <message>
        <source>weekend</source>
        <translation>周末</translation>
    </message>
    <message>
        <source>holiday</source>
        <translation>节假日</translation>
    </message>
</context>
<context>
    <name>WallAxis</name>
    <message>
        <source>Q{number}</source>
        <translation>{number} 季度</translation>
    </message>
</context>
<context>
    <name>WallBar</name>
    <message>
        <source>All projects</source>
        <translation>全部项目</translation>
    </message>
    <message>
        <source>All departments</source>
        <translation>全部部门</translation>
    </message>
    <message>
        <source>Side</source>
        <translation>方案</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>分行</translation>
    </message>
    <message>
        <source>Bars</source>
        <translation>横条</translation>
    </message>
    <message>
        <source>A and B</source>
        <translation>A 和 B</translation>
    </message>
    <message>
        <source>one a project</source>
        <translation>每个项目一行</translation>
    </message>
    <message>
        <source>Every project in one row</source>
        <translation>一个项目占一行</translation>
    </message>
    <message>
        <source>stages by project</source>
        <translation>环节，按项目</translation>
    </message>
    <message>
        <source>Every stage in a row, project by project</source>
        <translation>一个环节占一行，按项目排列</translation>
    </message>
    <message>
        <source>stages by department</source>
        <translation>环节，按部门</translation>
    </message>
    <message>
        <source>Every stage in a row, department by department</source>
        <translation>一个环节占一行，按部门排列</translation>
    </message>
    <message>
        <source>one replication</source>
        <translation>代表性一次</translation>
    </message>
    <message>
        <source>The replication whose mean time is nearest the median</source>
        <translation>平均用时最接近中位数的那一次重复</translation>
    </message>
    <message>
        <source>P50 and P80</source>
        <translation>P50 与 P80</translation>
    </message>
    <message>
        <source>Over all replications: medians, and on to the day by which 80 % are finished; set off from the signing of the representative replication</source>
        <translation>综合全部重复：先画中位数，再画到 80% 的情形办结的那一天；都从代表性重复的签约日起算</translation>
    </message>
    <message>
        <source>against plan</source>
        <translation>实际对计划</translation>
    </message>
    <message>
        <source>What the register says, and by when it ought to have been</source>
        <translation>台账所记，以及最迟应在何时</translation>
    </message>
    <message>
        <source>by date</source>
        <translation>按日期排</translation>
    </message>
    <message>
        <source>Projects in the order of their signing</source>
        <translation>项目按签约先后排列</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Department</source>
        <translation>部门</translation>
    </message>
    <message>
        <source>PDF on one page…</source>
        <translation>单页 PDF…</translation>
    </message>
    <message>
        <source>Save as picture (PNG)…</source>
        <translation>存为图片 (PNG)…</translation>
    </message>
    <message>
        <source>Save as drawing (SVG)…</source>
        <translation>存为矢量图 (SVG)…</translation>
    </message>
    <message>
        <source>Save figures (CSV)…</source>
        <translation>存为数据 (CSV)…</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>打印</translation>
    </message>
    <message>
        <source>Zoom out (−)</source>
        <translation>缩小 (−)</translation>
    </message>
    <message>
        <source>Zoom in (+)</source>
        <translation>放大 (+)</translation>
    </message>
    <message>
        <source>Fit to width (0)</source>
        <translation>适合宽度 (0)</translation>
    </message>
    <message>
        <source>Show the table</source>
        <translation>显示表格</translation>
    </message>
    <message>
        <source>Copy the table (Ctrl+C)</source>
        <translation>复制表格 (Ctrl+C)</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Print on one page, or save as PDF (Ctrl+P)</source>
        <translation>打印成一页，或存为 PDF (Ctrl+P)</translation>
    </message>
</context>
<context>
    <name>WallLegend</name>
    <message>
        <source>P50 begin to P50 end</source>
        <translation>P50 开始至 P50 办结</translation>
    </message>
    <message>
        <source>on to P80 end</source>
        <translation>至 P80 办结</translation>
    </message>
    <message>
        <source>not finished</source>
        <translation>未办结</translation>
    </message>
    <message>
        <source>signing</source>
        <translation>签约</translation>
    </message>
    <message>
        <source>milestone</source>
        <translation>里程碑</translation>
    </message>
    <message>
        <source>{goal} (P50; hollow: P80)</source>
        <translation>{goal}（P50，空心为 P80）</translation>
    </message>
    <message>
        <source>target date</source>
        <translation>目标日</translation>
    </message>
    <message>
        <source>reporting date</source>
        <translation>统计日</translation>
    </message>
    <message>
        <source>public holiday</source>
        <translation>法定节假日</translation>
    </message>
    <message>
        <source>Legend</source>
        <translation>图例</translation>
    </message>
</context>
<context>
    <name>WallPrint</name>
    <message>
        <source>{paper}: one page, the smallest type is {points} pt.</source>
        <translation>{paper}：正好一页，最小字号 {points} 磅。</translation>
    </message>
    <message>
        <source>{paper}: type would be {points} pt, too small to read (at least {least} pt). Take a larger paper or fewer rows: choose a project or a department.</source>
        <translation>{paper}：字号只有 {points} 磅，太小，看不清（至少要 {least} 磅）。请换大一些的纸，或减少行数：选一个项目或一个部门。</translation>
    </message>
    <message>
        <source>{paper} ({points} pt)</source>
        <translation>{paper}（{points} 磅）</translation>
    </message>
    <message>
        <source>{format} {way}</source>
        <translation>{format} {way}</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>纸张</translation>
    </message>
    <message>
        <source>landscape</source>
        <translation>横向</translation>
    </message>
    <message>
        <source>portrait</source>
        <translation>纵向</translation>
    </message>
    <message>
        <source>Save PDF…</source>
        <translation>存为 PDF…</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>打印…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>One row a project</source>
        <translation>每个项目一行</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>打印</translation>
    </message>
</context>
<context>
    <name>WallView</name>
    <message>
        <source>{scenario}: wall chart to {goal}</source>
        <translation>{scenario}：从签约到{goal}挂图</translation>
    </message>
    <message>
        <source>A simulated example: nothing on this sheet was observed or promised.</source>
        <translation>模拟示例：本图所有日期都不是实况，也不是承诺。</translation>
    </message>
    <message>
        <source>Model&apos;s estimate, not a record: no date on this sheet is a fact or a promise.</source>
        <translation>模型估计，不是实际记录：图上日期均非既成事实，也不是承诺。</translation>
    </message>
    <message>
        <source>Leader in charge</source>
        <translation>责任领导</translation>
    </message>
    <message>
        <source>{scenario}: actual against plan, to {goal}</source>
        <translation>{scenario}：实际与计划对照，至{goal}</translation>
    </message>
    <message>
        <source>Unit in charge</source>
        <translation>责任单位</translation>
    </message>
    <message>
        <source>Person in charge</source>
        <translation>责任人</translation>
    </message>
    <message>
        <source>{count} rows. Arrows go through them, Ctrl+wheel zooms, Enter opens a project.</source>
        <translation>共 {count} 行。方向键逐行移动，Ctrl+滚轮缩放，回车打开项目。</translation>
    </message>
    <message>
        <source>Nothing to see with this choice.</source>
        <translation>这样选没有可显示的内容。</translation>
    </message>
    <message>
        <source>Table copied.</source>
        <translation>表格已复制。</translation>
    </message>
    <message>
        <source>Saved: {path}</source>
        <translation>已保存：{path}</translation>
    </message>
    <message>
        <source>No printer is set up here. Save a PDF instead.</source>
        <translation>这台电脑没有设置打印机，请改存 PDF。</translation>
    </message>
    <message>
        <source>The chart is being drawn…</source>
        <translation>正在绘制挂图…</translation>
    </message>
    <message>
        <source>Wall chart</source>
        <translation>挂图</translation>
    </message>
    <message>
        <source>Wall chart as a table</source>
        <translation>挂图表格</translation>
    </message>
    <message>
        <source>Solid: as in the register. Outlined: a plan at usual times, no promise.</source>
        <translation>实心为台账所记；空心为按常规用时的计划，不是承诺。</translation>
    </message>
    <message>
        <source>Scenario</source>
        <translation>方案</translation>
    </message>
    <message>
        <source>Run on</source>
        <translation>运行日期</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Replications</source>
        <translation>重复次数</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
</context>
<context>
    <name>WallWords</name>
    <message>
        <source>New Year</source>
        <translation>元旦</translation>
    </message>
    <message>
        <source>Spring Festival</source>
        <translation>春节</translation>
    </message>
    <message>
        <source>Qingming</source>
        <translation>清明</translation>
    </message>
    <message>
        <source>Labour Day</source>
        <translation>劳动节</translation>
    </message>
    <message>
        <source>Dragon Boat</source>
        <translation>端午</translation>
    </message>
    <message>
        <source>Mid-Autumn</source>
        <translation>中秋</translation>
    </message>
    <message>
        <source>National Day</source>
        <translation>国庆</translation>
    </message>
    <message>
        <source>dropped out</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>no department</source>
        <translation>无审批部门</translation>
    </message>
    <message>
        <source>Model&apos;s estimate, not a record</source>
        <translation>模型估计，非实际记录</translation>
    </message>
    <message>
        <source>P50 and P80 of {count} replications</source>
        <translation>{count} 次重复的 P50 与 P80</translation>
    </message>
    <message>
        <source>Representative replication {number}</source>
        <translation>代表性重复：第 {number} 次</translation>
    </message>
    <message>
        <source>plan: latest dates that keep the target, at usual times</source>
        <translation>计划：按常规用时、不误目标的最迟日期</translation>
    </message>
    <message>
        <source>not finished</source>
        <translation>未办结</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>环节</translation>
    </message>
    <message>
        <source>Department</source>
        <translation>部门</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>责任人</translation>
    </message>
    <message>
        <source>Signing</source>
        <translation>签约</translation>
    </message>
    <message>
        <source>{days} d</source>
        <translation>{days} 天</translation>
    </message>
    <message>
        <source>Signing to {goal}: {days}</source>
        <translation>签约至{goal} {days}</translation>
    </message>
    <message>
        <source>today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>as of {date}</source>
        <translation>截至{date}</translation>
    </message>
    <message>
        <source>Simulated example, nothing observed</source>
        <translation>模拟示例，并非实况</translation>
    </message>
    <message>
        <source>Solid: recorded. Outlined: plan</source>
        <translation>实心为实际，空心为计划</translation>
    </message>
    <message>
        <source>Register as of {date}</source>
        <translation>台账，截至{date}</translation>
    </message>
    <message>
        <source>set off from the signings of representative replication {number}</source>
        <translation>均从代表性重复（第 {number} 次）的签约日起算</translation>
    </message>
    <message>
        <source>under way</source>
        <translation>在办</translation>
    </message>
    <message>
        <source>plan</source>
        <translation>计划</translation>
    </message>
    <message>
        <source>actual</source>
        <translation>实际</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>亮灯</translation>
    </message>
    <message>
        <source>target {date}</source>
        <translation>目标日 {date}</translation>
    </message>
    <message>
        <source>{days} days too late</source>
        <translation>晚 {days} 天</translation>
    </message>
    <message>
        <source>{days} days to spare</source>
        <translation>提前 {days} 天</translation>
    </message>
    <message>
        <source>comes after {names}</source>
        <translation>在{names}之后</translation>
    </message>
    <message>
        <source>; </source>
        <translation>；</translation>
    </message>
    <message>
        <source>{name}: P50 {first}, P80 {late}</source>
        <translation>{name}：P50 {first}，P80 {late}</translation>
    </message>
    <message>
        <source>{name}: {first}</source>
        <translation>{name}：{first}</translation>
    </message>
    <message>
        <source>{begin} to {end}, not finished by then</source>
        <translation>{begin}至{end}，届时未办结</translation>
    </message>
    <message>
        <source>P50 {begin} to {end} ({work} working days, {days} calendar days), P80 {late}</source>
        <translation>P50 {begin}至{end}（{work} 个工作日，{days} 个日历日），P80 {late}</translation>
    </message>
    <message>
        <source>{begin} to {end}: {work} working days, {days} calendar days</source>
        <translation>{begin}至{end}：{work} 个工作日，{days} 个日历日</translation>
    </message>
    <message>
        <source>finished in {share} of replications</source>
        <translation>{share} 的重复中办结</translation>
    </message>
    <message>
        <source>begins with signing</source>
        <translation>签约即开始</translation>
    </message>
    <message>
        <source>waited for {names}</source>
        <translation>等待{names}</translation>
    </message>
    <message>
        <source>waited for its earliest date</source>
        <translation>等到最早可办日</translation>
    </message>
    <message>
        <source>waited until a broken promise was put right</source>
        <translation>等违诺整改完成</translation>
    </message>
    <message>
        <source>waited {days} days for a meeting</source>
        <translation>等会 {days} 天</translation>
    </message>
    <message>
        <source>queued {days} days for a reviewer</source>
        <translation>排队 {days} 天</translation>
    </message>
    <message>
        <source>certificate after others: {days} days</source>
        <translation>待前置办结后发证 {days} 天</translation>
    </message>
    <message>
        <source>sent back {count} times</source>
        <translation>补正 {count} 次</translation>
    </message>
    <message>
        <source>Side</source>
        <translation>方案</translation>
    </message>
    <message>
        <source>Stage or milestone</source>
        <translation>环节或里程碑</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>End</source>
        <translation>办结</translation>
    </message>
    <message>
        <source>Working days</source>
        <translation>工作日</translation>
    </message>
    <message>
        <source>Calendar days</source>
        <translation>日历日</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>handle: {name}</source>
        <translation>手柄：{name}</translation>
    </message>
    <message>
        <source>Either days or working days, not both.</source>
        <translation>日历日和工作日只能用一种。</translation>
    </message>
    <message>
        <source>Three numbers such as 10/20/35, or one, or a span such as 0~30.</source>
        <translation>请填三个数（如 10/20/35）、一个数，或一个范围（如 0~30）。</translation>
    </message>
    <message>
        <source>Only numbers, such as 10/20/35; none below zero.</source>
        <translation>只能填不小于零的数，例如 10/20/35。</translation>
    </message>
    <message>
        <source>name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>department</source>
        <translation>部门</translation>
    </message>
    <message>
        <source>owner</source>
        <translation>责任单位</translation>
    </message>
    <message>
        <source>whose time</source>
        <translation>时间归属</translation>
    </message>
    <message>
        <source>not before</source>
        <translation>不早于</translation>
    </message>
    <message>
        <source>preparation</source>
        <translation>准备</translation>
    </message>
    <message>
        <source>review</source>
        <translation>审查</translation>
    </message>
    <message>
        <source>public notice</source>
        <translation>公示公告</translation>
    </message>
    <message>
        <source>legal limit</source>
        <translation>法定时限</translation>
    </message>
    <message>
        <source>correction</source>
        <translation>补正</translation>
    </message>
    <message>
        <source>probability</source>
        <translation>概率</translation>
    </message>
    <message>
        <source>factor per further round</source>
        <translation>每轮递减系数</translation>
    </message>
    <message>
        <source>corrections at most</source>
        <translation>最多次数</translation>
    </message>
    <message>
        <source>rework</source>
        <translation>补正时间</translation>
    </message>
    <message>
        <source>meeting</source>
        <translation>会审</translation>
    </message>
    <message>
        <source>every</source>
        <translation>间隔</translation>
    </message>
    <message>
        <source>first after</source>
        <translation>首次</translation>
    </message>
    <message>
        <source>waits for</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>relaxed to</source>
        <translation>放宽方式</translation>
    </message>
    <message>
        <source>uptake</source>
        <translation>采用率</translation>
    </message>
    <message>
        <source>papers due after</source>
        <translation>补交期限</translation>
    </message>
    <message>
        <source>grace</source>
        <translation>宽限期</translation>
    </message>
    <message>
        <source>time to issue</source>
        <translation>换证时间</translation>
    </message>
    <message>
        <source>phase</source>
        <translation>阶段</translation>
    </message>
    <message>
        <source>variants</source>
        <translation>变体</translation>
    </message>
    <message>
        <source>applies to</source>
        <translation>适用于</translation>
    </message>
    <message>
        <source>factor</source>
        <translation>系数</translation>
    </message>
    <message>
        <source>Spring Festival</source>
        <translation>春节</translation>
    </message>
    <message>
        <source>closed days before</source>
        <translation>节前停工天数</translation>
    </message>
    <message>
        <source>closed days after</source>
        <translation>节后停工天数</translation>
    </message>
    <message>
        <source>all at work after</source>
        <translation>全部复工天数</translation>
    </message>
    <message>
        <source>reviewers</source>
        <translation>审查席位</translation>
    </message>
    <message>
        <source>order of the queue</source>
        <translation>办理次序</translation>
    </message>
    <message>
        <source>commitment policy</source>
        <translation>承诺政策</translation>
    </message>
    <message>
        <source>switched on</source>
        <translation>开启</translation>
    </message>
    <message>
        <source>share</source>
        <translation>占比</translation>
    </message>
    <message>
        <source>credit grades</source>
        <translation>信用等级</translation>
    </message>
    <message>
        <source>may take the path</source>
        <translation>可适用</translation>
    </message>
    <message>
        <source>breach rate</source>
        <translation>违诺率</translation>
    </message>
    <message>
        <source>what may be relaxed</source>
        <translation>可放宽事项</translation>
    </message>
    <message>
        <source>time to put right</source>
        <translation>整改时间</translation>
    </message>
    <message>
        <source>barred after a breach</source>
        <translation>违诺后不再适用</translation>
    </message>
    <message>
        <source>supervision</source>
        <translation>督导</translation>
    </message>
    <message>
        <source>target after signing</source>
        <translation>签约后目标时限</translation>
    </message>
    <message>
        <source>red when late by more than</source>
        <translation>落后多少天转红灯</translation>
    </message>
    <message>
        <source>time saved while urged on</source>
        <translation>催办期间节省的时间</translation>
    </message>
    <message>
        <source>places with a leader</source>
        <translation>领导挂点名额</translation>
    </message>
    <message>
        <source>task forces</source>
        <translation>专班</translation>
    </message>
    <message>
        <source>projects at a time</source>
        <translation>能同时跟进的项目</translation>
    </message>
    <message>
        <source>slower for each project beyond</source>
        <translation>每超出一个项目放慢</translation>
    </message>
    <message>
        <source>variation between projects</source>
        <translation>项目间差异</translation>
    </message>
    <message>
        <source>projects</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>project</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>number</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>signings</source>
        <translation>签约</translation>
    </message>
    <message>
        <source>from</source>
        <translation>起</translation>
    </message>
    <message>
        <source>to</source>
        <translation>止</translation>
    </message>
    <message>
        <source>date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>mean gap in days</source>
        <translation>平均间隔天数</translation>
    </message>
    <message>
        <source>attributes</source>
        <translation>属性</translation>
    </message>
    <message>
        <source>projects that leave</source>
        <translation>中途退出</translation>
    </message>
    <message>
        <source>stage</source>
        <translation>环节</translation>
    </message>
    <message>
        <source>signed</source>
        <translation>签约日期</translation>
    </message>
    <message>
        <source>credit grade</source>
        <translation>信用等级</translation>
    </message>
    <message>
        <source>investment</source>
        <translation>投资额（亿元）</translation>
    </message>
    <message>
        <source>target date</source>
        <translation>目标日期</translation>
    </message>
    <message>
        <source>path</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>priority</source>
        <translation>优先级</translation>
    </message>
    <message>
        <source>calendar</source>
        <translation>日历</translation>
    </message>
    <message>
        <source>milestone</source>
        <translation>里程碑</translation>
    </message>
    <message>
        <source>run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>times counted to</source>
        <translation>计时到</translation>
    </message>
    <message>
        <source>replications</source>
        <translation>重复次数</translation>
    </message>
    <message>
        <source>seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>start</source>
        <translation>起点</translation>
    </message>
    <message>
        <source>end</source>
        <translation>终点</translation>
    </message>
    <message>
        <source>source</source>
        <translation>出处</translation>
    </message>
    <message>
        <source>assumed</source>
        <translation>假设</translation>
    </message>
    <message>
        <source>note</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>always</source>
        <translation>固定</translation>
    </message>
    <message>
        <source>least</source>
        <translation>最短</translation>
    </message>
    <message>
        <source>likely</source>
        <translation>最可能</translation>
    </message>
    <message>
        <source>most</source>
        <translation>最长</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>均值</translation>
    </message>
    <message>
        <source>standard deviation</source>
        <translation>标准差</translation>
    </message>
    <message>
        <source>shape</source>
        <translation>形状</translation>
    </message>
    <message>
        <source>quantiles</source>
        <translation>分位数</translation>
    </message>
    <message>
        <source>fixed</source>
        <translation>固定</translation>
    </message>
    <message>
        <source>uniform</source>
        <translation>均匀</translation>
    </message>
    <message>
        <source>triangular</source>
        <translation>三角</translation>
    </message>
    <message>
        <source>PERT</source>
        <translation>PERT</translation>
    </message>
    <message>
        <source>lognormal</source>
        <translation>对数正态</translation>
    </message>
    <message>
        <source>gamma</source>
        <translation>伽马</translation>
    </message>
    <message>
        <source>Weibull</source>
        <translation>韦布尔</translation>
    </message>
    <message>
        <source>empirical</source>
        <translation>经验</translation>
    </message>
    <message>
        <source>standard path</source>
        <translation>标准路径</translation>
    </message>
    <message>
        <source>pre-review</source>
        <translation>预审</translation>
    </message>
    <message>
        <source>promised, handed in later</source>
        <translation>承诺后补</translation>
    </message>
    <message>
        <source>strict</source>
        <translation>必须办结</translation>
    </message>
    <message>
        <source>in turn</source>
        <translation>先来先办</translation>
    </message>
    <message>
        <source>by priority</source>
        <translation>按优先级</translation>
    </message>
    <message>
        <source>applicant</source>
        <translation>申请人</translation>
    </message>
    <message>
        <source>government</source>
        <translation>政府</translation>
    </message>
    <message>
        <source>market</source>
        <translation>市场</translation>
    </message>
    <message>
        <source>submitted</source>
        <translation>报送</translation>
    </message>
    <message>
        <source>reviewed</source>
        <translation>审查通过</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>办结</translation>
    </message>
    <message>
        <source>wd</source>
        <translation>工作日</translation>
    </message>
    <message>
        <source>d</source>
        <translation>日</translation>
    </message>
    <message>
        <source>working days</source>
        <translation>个工作日</translation>
    </message>
    <message>
        <source>calendar days</source>
        <translation>个日历日</translation>
    </message>
    <message>
        <source>commitment path</source>
        <translation>承诺路径</translation>
    </message>
    <message>
        <source>grade {grade}</source>
        <translation>{grade} 级</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>as usual</source>
        <translation>按默认</translation>
    </message>
    <message>
        <source>now also {names}</source>
        <translation>新增 {names}</translation>
    </message>
    <message>
        <source>no longer {names}</source>
        <translation>不再包括 {names}</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>everything</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>{names} and {count} more</source>
        <translation>{names} 及另外 {count} 项</translation>
    </message>
</context>
<context>
    <name>_CardFrame</name>
    <message>
        <source>Has unsaved changes</source>
        <translation>有未保存的改动</translation>
    </message>
    <message>
        <source>… and {count} more</source>
        <translation>……另有 {count} 处</translation>
    </message>
    <message>
        <source>To A</source>
        <translation>放到 A</translation>
    </message>
    <message>
        <source>To B</source>
        <translation>放到 B</translation>
    </message>
    <message>
        <source>Compare its policy off with on</source>
        <translation>比较此方案的政策关与开</translation>
    </message>
    <message>
        <source>Duplicate as variant</source>
        <translation>复制为变体</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>_StageDelegate</name>
    <message>
        <source>none: no queue</source>
        <translation>无（不占席位）</translation>
    </message>
</context>
</TS>
