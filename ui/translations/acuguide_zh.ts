<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>DangerOverlay</name>
    <message>
        <source>nerve?</source>
        <translation>神经？</translation>
    </message>
    <message>
        <source>vessel?</source>
        <translation>血管？</translation>
    </message>
</context>
<context>
    <name>MuscleOverlay</name>
    <message>
        <source>muscle –: no two fasciae</source>
        <translation>肌肉 –:未见两层筋膜</translation>
    </message>
</context>
<context>
    <name>OrientationOverlay</name>
    <message>
        <source>L</source>
        <translation>L</translation>
    </message>
    <message>
        <source>R</source>
        <translation>R</translation>
    </message>
</context>
<context>
    <name>PictureNotice</name>
    <message>
        <source>STALE – picture is %1 s old</source>
        <translation>图像已过时 – %1 秒前</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>正在连接…</translation>
    </message>
    <message>
        <source>Source lost</source>
        <translation>来源中断</translation>
    </message>
    <message>
        <source>Source cannot be opened</source>
        <translation>无法打开来源</translation>
    </message>
    <message>
        <source>No picture</source>
        <translation>没有图像</translation>
    </message>
    <message>
        <source>FROZEN</source>
        <translation>已冻结</translation>
    </message>
    <message>
        <source>PAUSED</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>END OF RECORDING</source>
        <translation>录像结束</translation>
    </message>
    <message>
        <source>STALE – waiting for steady images</source>
        <translation>画面过期 – 等待图像稳定</translation>
    </message>
</context>
<context>
    <name>PlaneOverlay</name>
    <message>
        <source>S</source>
        <translation>S</translation>
    </message>
    <message>
        <source>D</source>
        <translation>D</translation>
    </message>
    <message>
        <source>B</source>
        <translation>B</translation>
    </message>
</context>
<context>
    <name>PointsInSpace</name>
    <message>
        <source>No landmarks yet: with them the points stand here where they lie in this patient</source>
        <translation>尚无标志点：有了标志点，此处显示穴位在该患者身上的位置</translation>
    </message>
    <message>
        <source>No point is determined by these landmarks yet</source>
        <translation>这些标志点尚不能确定任何穴位</translation>
    </message>
    <message>
        <source>sphere: 95 % of its error</source>
        <translation>球：误差的 95 %</translation>
    </message>
    <message>
        <source>%1 points not determined yet</source>
        <translation>尚有 %1 个穴位未确定</translation>
    </message>
</context>
<context>
    <name>RulerOverlay</name>
    <message>
        <source> mm</source>
        <translation> mm</translation>
    </message>
    <message>
        <source> px</source>
        <translation> px</translation>
    </message>
</context>
<context>
    <name>SideOverlay</name>
    <message>
        <source>LEFT</source>
        <translation>左</translation>
    </message>
    <message>
        <source>RIGHT</source>
        <translation>右</translation>
    </message>
</context>
<context>
    <name>SpaceScene</name>
    <message>
        <source>grid %1 mm</source>
        <translation>网格 %1 mm</translation>
    </message>
    <message>
        <source>grid %1 px, no scale</source>
        <translation>网格 %1 px，无比例</translation>
    </message>
    <message>
        <source>STALE</source>
        <translation>已过时</translation>
    </message>
</context>
<context>
    <name>acuguide::ui</name>
    <message>
        <source>arm, front</source>
        <translation>手臂，前面</translation>
    </message>
    <message>
        <source>arm, back</source>
        <translation>手臂，后面</translation>
    </message>
    <message>
        <source>leg, front</source>
        <translation>腿，前面</translation>
    </message>
    <message>
        <source>leg, back</source>
        <translation>腿，后面</translation>
    </message>
    <message>
        <source>%1 (%2 to stay free)</source>
        <translation>%1（须留 %2）</translation>
    </message>
    <message>
        <source>none drawn</source>
        <translation>未标绘</translation>
    </message>
    <message>
        <source>Target and way in</source>
        <translation>目标与进针路径</translation>
    </message>
    <message>
        <source>target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>within %1</source>
        <translation>%1 以内</translation>
    </message>
    <message>
        <source>entry</source>
        <translation>进针点</translation>
    </message>
    <message>
        <source>from the picture&apos;s left, %1 left of its centre line</source>
        <translation>从图像左侧，中线左 %1</translation>
    </message>
    <message>
        <source>from the picture&apos;s right, %1 right of its centre line</source>
        <translation>从图像右侧，中线右 %1</translation>
    </message>
    <message>
        <source>angle, way</source>
        <translation>角度、路程</translation>
    </message>
    <message>
        <source>%1 to the probe face, %2 through tissue</source>
        <translation>与探头面成 %1，组织内 %2</translation>
    </message>
    <message>
        <source>visibility</source>
        <translation>可见性</translation>
    </message>
    <message>
        <source>room</source>
        <translation>余量</translation>
    </message>
    <message>
        <source>%1 beyond the margin of %2</source>
        <translation>在 %2 的安全距离外 %1</translation>
    </message>
    <message>
        <source>instrument</source>
        <translation>针具</translation>
    </message>
    <message>
        <source>%1: %2 thick, blade %3, %4 long</source>
        <translation>%1：粗 %2，刃宽 %3，长 %4</translation>
    </message>
    <message>
        <source>depth limit</source>
        <translation>深度上限</translation>
    </message>
    <message>
        <source>none set</source>
        <translation>未设</translation>
    </message>
    <message>
        <source>strokes</source>
        <translation>切割次数</translation>
    </message>
    <message>
        <source>at most %1</source>
        <translation>最多 %1</translation>
    </message>
    <message>
        <source>keep clear of</source>
        <translation>须避开</translation>
    </message>
    <message>
        <source>atlas: avoid</source>
        <translation>图谱：须避开</translation>
    </message>
    <message>
        <source>layers</source>
        <translation>层次</translation>
    </message>
    <message>
        <source>skin, subcutis, deep fascia</source>
        <translation>皮肤、皮下、深筋膜</translation>
    </message>
    <message>
        <source>Contraindications</source>
        <translation>禁忌证</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>YES</source>
        <translation>是</translation>
    </message>
    <message>
        <source>asked</source>
        <translation>询问日期</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>尚未</translation>
    </message>
    <message>
        <source>LEFT</source>
        <translation>左</translation>
    </message>
    <message>
        <source>RIGHT</source>
        <translation>右</translation>
    </message>
    <message>
        <source>patient: ____________</source>
        <translation>患者：____________</translation>
    </message>
    <message>
        <source>patient %1</source>
        <translation>患者 %1</translation>
    </message>
    <message>
        <source>Blade direction</source>
        <translation>刃线方向</translation>
    </message>
    <message>
        <source>Why this way</source>
        <translation>为何选此路径</translation>
    </message>
    <message>
        <source>[U], [general knowledge]: no source was at hand.</source>
        <translation>[U]、[general knowledge]：手头无出处。</translation>
    </message>
    <message>
        <source>not feasible</source>
        <translation>不可行</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::AlarmLine</name>
    <message>
        <source>Silence (A)</source>
        <translation>静音 (A)</translation>
    </message>
    <message>
        <source>Silence the alarm sound for 2 minutes (A)</source>
        <translation>报警声静音 2 分钟 (A)</translation>
    </message>
    <message>
        <source>+%1 more</source>
        <translation>另有 %1 条</translation>
    </message>
    <message>
        <source>sound silenced %1</source>
        <translation>已静音 %1</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::AnalysisPanel</name>
    <message>
        <source>%1 other</source>
        <translation>其他 %1</translation>
    </message>
    <message>
        <source>none found</source>
        <translation>未发现</translation>
    </message>
    <message>
        <source>imaging %1, tracking %2, guidance %3 ms</source>
        <translation>成像 %1，跟踪 %2，引导 %3 ms</translation>
    </message>
    <message>
        <source>Needle</source>
        <translation>针</translation>
    </message>
    <message>
        <source>Certainty</source>
        <translation>置信度</translation>
    </message>
    <message>
        <source>Angle</source>
        <translation>角度</translation>
    </message>
    <message>
        <source>Tip ±</source>
        <translation>针尖 ±</translation>
    </message>
    <message>
        <source>Tip depth</source>
        <translation>针尖深度</translation>
    </message>
    <message>
        <source>Fibres</source>
        <translation>肌纤维</translation>
    </message>
    <message>
        <source>Beside</source>
        <translation>侧向偏差</translation>
    </message>
    <message>
        <source>Angle error</source>
        <translation>角度偏差</translation>
    </message>
    <message>
        <source>Planes</source>
        <translation>组织层面</translation>
    </message>
    <message>
        <source>Time taken</source>
        <translation>耗时</translation>
    </message>
    <message>
        <source>%1 px</source>
        <translation>%1 px</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::BenchReportPage</name>
    <message>
        <source>Accept</source>
        <translation>采用</translation>
    </message>
    <message>
        <source>Becomes the calibration in force; the one before is kept beside it</source>
        <translation>成为生效的校准；原来的保存在旁边</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>The calibration in force stays as it is</source>
        <translation>生效的校准保持不变</translation>
    </message>
    <message>
        <source>Previous frame (Left)</source>
        <translation>上一帧（左方向键）</translation>
    </message>
    <message>
        <source>Next frame (Right)</source>
        <translation>下一帧（右方向键）</translation>
    </message>
    <message>
        <source>Each wire, mean and 95 % (mm)</source>
        <translation>各线：均值与 95 %（mm）</translation>
    </message>
    <message>
        <source>Frames to look at</source>
        <translation>值得查看的帧</translation>
    </message>
    <message>
        <source>Error over the picture, validation (mm)</source>
        <translation>图像各处误差，验证（mm）</translation>
    </message>
    <message>
        <source>✓ Usable</source>
        <translation>✓ 可用</translation>
    </message>
    <message>
        <source>✗ Not usable</source>
        <translation>✗ 不可用</translation>
    </message>
    <message>
        <source>validation %1</source>
        <translation>验证 %1</translation>
    </message>
    <message>
        <source>calibration %1</source>
        <translation>校准 %1</translation>
    </message>
    <message>
        <source>%1 mm</source>
        <translation>%1 mm</translation>
    </message>
    <message>
        <source>Validation, frame %1</source>
        <translation>验证，第 %1 帧</translation>
    </message>
    <message>
        <source>Calibration, frame %1</source>
        <translation>校准，第 %1 帧</translation>
    </message>
    <message>
        <source>%1, left out: %2</source>
        <translation>%1，未采用：%2</translation>
    </message>
    <message>
        <source>%1: %2 mm, an outlier, not used</source>
        <translation>%1：%2 mm，离群，未使用</translation>
    </message>
    <message>
        <source>%1: %2 mm</source>
        <translation>%1：%2 mm</translation>
    </message>
    <message>
        <source>%1   cross: should be, circle: seen</source>
        <translation>%1   十字：应在处，圆圈：所见处</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::BenchRunPage</name>
    <message>
        <source>Choose the phantom and two sweeps over it, or record them from a live source.
The wires found in each picture appear here.</source>
        <translation>选择模体和两次扫查，或从实时来源录制。
每幅图像中找到的线将显示在这里。</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>选择文件</translation>
    </message>
    <message>
        <source>Sequences (*.mha *.mhd *.nrrd);;All files (*)</source>
        <translation>序列 (*.mha *.mhd *.nrrd);;所有文件 (*)</translation>
    </message>
    <message>
        <source>a file, or a live source to record</source>
        <translation>文件，或要录制的实时来源</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>录制</translation>
    </message>
    <message>
        <source>Records the live source named here, for example igtl://localhost:18944/Image</source>
        <translation>录制此处所写的实时来源，例如 igtl://localhost:18944/Image</translation>
    </message>
    <message>
        <source>Phantom: PLUS device set or phantom file</source>
        <translation>模体：PLUS 设备文件或模体文件</translation>
    </message>
    <message>
        <source>Phantoms (*.xml *.json)</source>
        <translation>模体 (*.xml *.json)</translation>
    </message>
    <message>
        <source>Calibration sweep</source>
        <translation>校准扫查</translation>
    </message>
    <message>
        <source>Validation sweep: a second one, to judge by</source>
        <translation>验证扫查：另一次，用于评判</translation>
    </message>
    <message>
        <source>Goes into force as</source>
        <translation>生效后保存为</translation>
    </message>
    <message>
        <source>Calibrations (*.json)</source>
        <translation>校准 (*.json)</translation>
    </message>
    <message>
        <source>Largest mean error accepted</source>
        <translation>可接受的最大平均误差</translation>
    </message>
    <message>
        <source> mm</source>
        <translation> mm</translation>
    </message>
    <message>
        <source>Calibrate</source>
        <translation>校准</translation>
    </message>
    <message>
        <source>Done recording</source>
        <translation>录制完成</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Every wire seen in %1 of %2 frames</source>
        <translation>%2 帧中有 %1 帧看到全部的线</translation>
    </message>
    <message>
        <source>Last frame left out: %1</source>
        <translation>最近未采用的帧：%1</translation>
    </message>
    <message>
        <source>Frame %1: %2 dots (circles) where wires should be (crosses)</source>
        <translation>第 %1 帧：%2 个亮点（圆圈），线应在十字处</translation>
    </message>
    <message>
        <source>Frame %1 left out: %2</source>
        <translation>第 %1 帧未采用：%2</translation>
    </message>
    <message>
        <source>Recording: %1 frames</source>
        <translation>正在录制：%1 帧</translation>
    </message>
    <message>
        <source>The phantom was read in %1 of %2 pictures looked at</source>
        <translation>查看的 %2 幅图像中有 %1 幅认出模体</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::BenchWindow</name>
    <message>
        <source>acuguide bench</source>
        <translation>acuguide 校准台</translation>
    </message>
    <message>
        <source>‹ Calibrations</source>
        <translation>‹ 校准列表</translation>
    </message>
    <message>
        <source>Calibrations</source>
        <translation>校准列表</translation>
    </message>
    <message>
        <source>New calibration: where the picture lies at the probe</source>
        <translation>新校准：图像相对探头的位置</translation>
    </message>
    <message>
        <source>How it went</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Cancelled. Nothing was changed.</source>
        <translation>已取消，未作任何更改。</translation>
    </message>
    <message>
        <source>%1 is in force.</source>
        <translation>%1 已生效。</translation>
    </message>
    <message>
        <source>Rejected. The calibration in force stays as it was.</source>
        <translation>已拒绝。生效的校准保持不变。</translation>
    </message>
    <message>
        <source>Folder of calibrations</source>
        <translation>校准文件夹</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::BladeDial</name>
    <message>
        <source>Direction of the blade&apos;s edge as on a clock; – when it is neither planned nor measured</source>
        <translation>刀刃方向（钟点）；既未计划也未测量时显示 –</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 点</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::CalibrationsPage</name>
    <message>
        <source>✓ usable</source>
        <translation>✓ 可用</translation>
    </message>
    <message>
        <source>✗ not usable</source>
        <translation>✗ 不可用</translation>
    </message>
    <message>
        <source>◷ expired</source>
        <translation>◷ 已过期</translation>
    </message>
    <message>
        <source>! damaged</source>
        <translation>! 已损坏</translation>
    </message>
    <message>
        <source>picture at the probe</source>
        <translation>图像与探头</translation>
    </message>
    <message>
        <source>time lag</source>
        <translation>时间延迟</translation>
    </message>
    <message>
        <source>tool tip</source>
        <translation>工具尖端</translation>
    </message>
    <message>
        <source>landmarks</source>
        <translation>标志点</translation>
    </message>
    <message>
        <source>camera</source>
        <translation>相机</translation>
    </message>
    <message>
        <source>pixel scale</source>
        <translation>像素尺度</translation>
    </message>
    <message>
        <source>today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>%1 d</source>
        <translation>%1 天</translation>
    </message>
    <message>
        <source>%1 months</source>
        <translation>%1 个月</translation>
    </message>
    <message>
        <source>Made on %1</source>
        <translation>制作于 %1</translation>
    </message>
    <message>
        <source>to be used until %1</source>
        <translation>有效期至 %1</translation>
    </message>
    <message>
        <source>probe %1</source>
        <translation>探头 %1</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>文件夹…</translation>
    </message>
    <message>
        <source>New calibration</source>
        <translation>新校准</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>结论</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Probe</source>
        <translation>探头</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>误差</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Open its report</source>
        <translation>打开报告</translation>
    </message>
    <message>
        <source>Repeat</source>
        <translation>重复</translation>
    </message>
    <message>
        <source>Calibrate again from the same files</source>
        <translation>用相同文件再次校准</translation>
    </message>
    <message>
        <source>No calibration is here yet.</source>
        <translation>这里还没有校准。</translation>
    </message>
    <message>
        <source>%1 mm</source>
        <translation>%1 mm</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::CameraClicks</name>
    <message>
        <source>acuguide – landmarks in the camera&apos;s picture</source>
        <translation>acuguide – 相机画面中的标志点</translation>
    </message>
    <message>
        <source>No picture from the camera yet</source>
        <translation>尚无相机画面</translation>
    </message>
    <message>
        <source>Click it in the picture.</source>
        <translation>请在画面中点击。</translation>
    </message>
    <message>
        <source>Seen once. Turn the camera or the limb, then click it again: it lies on the line.</source>
        <translation>已看到一次。转动相机或肢体后再次点击：它位于该线上。</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::ChecklistCard</name>
    <message>
        <source>No (N)</source>
        <translation>否 (N)</translation>
    </message>
    <message>
        <source>Yes (Y)</source>
        <translation>是 (Y)</translation>
    </message>
    <message>
        <source>Question before (Backspace)</source>
        <translation>前一个问题 (Backspace)</translation>
    </message>
    <message>
        <source>Which side?</source>
        <translation>哪一侧？</translation>
    </message>
    <message>
        <source>Contraindications</source>
        <translation>禁忌证</translation>
    </message>
    <message>
        <source>Contraindications: %1 of %2</source>
        <translation>禁忌证：%1/%2</translation>
    </message>
    <message>
        <source>Asked today: no contraindication.</source>
        <translation>今天已询问：无禁忌证。</translation>
    </message>
    <message>
        <source>Contraindicated: this plan must not be used.</source>
        <translation>有禁忌证：不得使用此计划。</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::ChecklistPanel</name>
    <message>
        <source>Local infection at the site?</source>
        <translation>施术部位有局部感染吗？</translation>
    </message>
    <message>
        <source>Clotting disorder or anticoagulant (INR above 1.5)?</source>
        <translation>凝血障碍或使用抗凝药（INR 大于 1.5）吗？</translation>
    </message>
    <message>
        <source>Severe heart or lung disease?</source>
        <translation>严重心肺疾病吗？</translation>
    </message>
    <message>
        <source>Pregnancy (LI4, SP6, BL60 at no time in it)?</source>
        <translation>妊娠吗（LI4、SP6、BL60 全程禁用）？</translation>
    </message>
    <message>
        <source>Implant at the site?</source>
        <translation>施术部位有植入物吗？</translation>
    </message>
    <message>
        <source>Metal allergy?</source>
        <translation>金属过敏吗？</translation>
    </message>
    <message>
        <source>Blood pressure or glucose out of control?</source>
        <translation>血压或血糖未控制吗？</translation>
    </message>
    <message>
        <source>Patient unable to cooperate?</source>
        <translation>患者不能配合吗？</translation>
    </message>
    <message>
        <source>Acute phase of a cardiac or cerebrovascular event?</source>
        <translation>心脑血管事件急性期吗？</translation>
    </message>
    <message>
        <source>Contraindications</source>
        <translation>禁忌证</translation>
    </message>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>Contraindicated: this plan must not be used.</source>
        <translation>有禁忌证：不得使用此计划。</translation>
    </message>
    <message>
        <source>%1 is forbidden at any time in pregnancy.</source>
        <translation>%1 在妊娠全程禁用。</translation>
    </message>
    <message>
        <source>Asked today: no contraindication.</source>
        <translation>今日已询问：无禁忌证。</translation>
    </message>
    <message>
        <source>%1 of %2 still to be asked today.</source>
        <translation>今日还有 %1/%2 项待询问。</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::DangerBar</name>
    <message>
        <source>Distance to the nearest danger; the line stands at its safety margin</source>
        <translation>到最近危险区的距离；竖线处为其安全距离</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::DangerReadOut</name>
    <message>
        <source>Nearest danger</source>
        <translation>最近的危险结构</translation>
    </message>
    <message>
        <source>! %1</source>
        <translation>! %1</translation>
    </message>
    <message>
        <source>No danger planned</source>
        <translation>未规划危险区</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::GuidanceSound</name>
    <message>
        <source>no audio device</source>
        <translation>没有音频设备</translation>
    </message>
    <message>
        <source>sound failed</source>
        <translation>声音故障</translation>
    </message>
    <message>
        <source>sound off (M)</source>
        <translation>声音已关 (M)</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::GuideWindow</name>
    <message>
        <source>acuguide – guide</source>
        <translation>acuguide – 引导</translation>
    </message>
    <message>
        <source>Freeze</source>
        <translation>冻结</translation>
    </message>
    <message>
        <source>Freeze the picture and withhold guidance; again: live</source>
        <translation>冻结图像并停止引导；再按一次恢复实时</translation>
    </message>
    <message>
        <source>Confirm target</source>
        <translation>确认目标</translation>
    </message>
    <message>
        <source>The place clicked in the picture becomes the target</source>
        <translation>图像中点击的位置成为目标</translation>
    </message>
    <message>
        <source>Drop target</source>
        <translation>放弃目标</translation>
    </message>
    <message>
        <source>Forget the place clicked in the picture</source>
        <translation>放弃图像中点击的位置</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>录制</translation>
    </message>
    <message>
        <source>Record; again: stop</source>
        <translation>录制；再按一次停止</translation>
    </message>
    <message>
        <source>Recording is not part of this build</source>
        <translation>此版本不含录制功能</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>静音</translation>
    </message>
    <message>
        <source>All sound off and on</source>
        <translation>关闭和打开所有声音</translation>
    </message>
    <message>
        <source>Checklist</source>
        <translation>核对表</translation>
    </message>
    <message>
        <source>The plan window, with this picture</source>
        <translation>计划窗口，带当前图像</translation>
    </message>
    <message>
        <source>Edit plan</source>
        <translation>编辑计划</translation>
    </message>
    <message>
        <source>Bookmark</source>
        <translation>书签</translation>
    </message>
    <message>
        <source>Mark this moment of the recording</source>
        <translation>标记记录的这一刻</translation>
    </message>
    <message>
        <source>Marked</source>
        <translation>已标记</translation>
    </message>
    <message>
        <source>Nothing is being recorded</source>
        <translation>当前没有记录</translation>
    </message>
    <message>
        <source>Nerves and vessels</source>
        <translation>神经与血管</translation>
    </message>
    <message>
        <source>Look for possible nerves and vessels; again: not. Brings back dismissed ones</source>
        <translation>查找可能的神经和血管；再按：停止。恢复已排除的</translation>
    </message>
    <message>
        <source>It is one</source>
        <translation>是</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>排除</translation>
    </message>
    <message>
        <source>It is no nerve or vessel: hidden while its tissue is carried</source>
        <translation>不是神经或血管：跟随组织期间隐藏</translation>
    </message>
    <message>
        <source>Looking for nerves and vessels</source>
        <translation>正在查找神经和血管</translation>
    </message>
    <message>
        <source>Nobody looks for nerves and vessels now</source>
        <translation>现在不查找神经和血管</translation>
    </message>
    <message>
        <source>Which one? Click the possible nerve or vessel first</source>
        <translation>哪一个？请先点击可能的神经或血管</translation>
    </message>
    <message>
        <source>Load a plan first: what is confirmed becomes a danger zone of it</source>
        <translation>请先加载计划：确认后成为其危险区</translation>
    </message>
    <message>
        <source>confirmed nerve</source>
        <translation>已确认的神经</translation>
    </message>
    <message>
        <source>confirmed vessel</source>
        <translation>已确认的血管</translation>
    </message>
    <message>
        <source>Scale unknown: a danger zone needs one</source>
        <translation>比例未知：危险区需要比例</translation>
    </message>
    <message>
        <source>Danger zone of the plan now; Ctrl+Z takes it back</source>
        <translation>现已成为计划的危险区；Ctrl+Z 撤销</translation>
    </message>
    <message>
        <source>Contraindications, to be asked for before a plan is used; again: away</source>
        <translation>禁忌证，使用计划前须询问；再按：收起</translation>
    </message>
    <message>
        <source>No target here: it lies outside the imaging region</source>
        <translation>此处不能设目标：在成像区域之外</translation>
    </message>
    <message>
        <source>Picture only</source>
        <translation>仅图像</translation>
    </message>
    <message>
        <source>The picture alone, with state, distance and nearest danger in it; again: with the panel</source>
        <translation>仅显示图像，其中标出状态、距离和最近的危险区；再按：带面板</translation>
    </message>
    <message>
        <source>3D view</source>
        <translation>三维视图</translation>
    </message>
    <message>
        <source>Probe, image and needle in space, in the panel; again: away</source>
        <translation>在面板中显示探头、图像和针的空间位置；再按：隐藏</translation>
    </message>
    <message>
        <source>Snapshot</source>
        <translation>截图</translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>确认</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>计划</translation>
    </message>
    <message>
        <source>Overlays</source>
        <translation>叠加标记</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>Screen</source>
        <translation>屏幕</translation>
    </message>
    <message>
        <source>Replay</source>
        <translation>回放</translation>
    </message>
    <message>
        <source>Recording of %1 saved</source>
        <translation>已保存 %1 的录像</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>Report saved as %1</source>
        <translation>报告已保存为 %1</translation>
    </message>
    <message>
        <source>Writing the report…</source>
        <translation>正在写报告…</translation>
    </message>
    <message>
        <source>Asked today: no contraindication.</source>
        <translation>今天已询问：无禁忌证。</translation>
    </message>
    <message>
        <source>The possible nerve or vessel becomes a danger zone of the plan and stops; to a question: yes</source>
        <translation>可能的神经或血管成为计划的危险区并停止；对问题：是</translation>
    </message>
    <message>
        <source>Next point</source>
        <translation>下一个穴位</translation>
    </message>
    <message>
        <source>This point is done: on to the next; to a question: no</source>
        <translation>此穴完成：下一个；对问题：否</translation>
    </message>
    <message>
        <source>Point before</source>
        <translation>前一个穴位</translation>
    </message>
    <message>
        <source>Back to the point before</source>
        <translation>回到前一个穴位</translation>
    </message>
    <message>
        <source>Question before</source>
        <translation>前一个问题</translation>
    </message>
    <message>
        <source>The question before, to answer it again</source>
        <translation>前一个问题，重新回答</translation>
    </message>
    <message>
        <source>Sitting…</source>
        <translation>治疗…</translation>
    </message>
    <message>
        <source>Patient, side and points of a sitting</source>
        <translation>治疗的患者、侧别和穴位</translation>
    </message>
    <message>
        <source>Dismissed: hidden while its tissue is carried; V twice brings it back</source>
        <translation>已排除：跟随组织期间隐藏；按两次 V 恢复</translation>
    </message>
    <message>
        <source>LEFT</source>
        <translation>左</translation>
    </message>
    <message>
        <source>RIGHT</source>
        <translation>右</translation>
    </message>
    <message>
        <source>%1 is planned on the %2, and the affected side of %3 is the %4. Treat the %2 side?</source>
        <translation>%1 计划在%2，而 %3 的患侧是%4。要治疗%2吗？</translation>
    </message>
    <message>
        <source>Not this side: choose the points again</source>
        <translation>不是这一侧：请重新选择穴位</translation>
    </message>
    <message>
        <source>Points</source>
        <translation>穴位</translation>
    </message>
    <message>
        <source>Now %1</source>
        <translation>现在 %1</translation>
    </message>
    <message>
        <source>That plan was made for %1; it is %2&apos;s now</source>
        <translation>该计划是为 %1 制定的；现在用于 %2</translation>
    </message>
    <message>
        <source>Recording: stop it first (R), then go on</source>
        <translation>正在录制：先停止 (R)，再继续</translation>
    </message>
    <message>
        <source>All points of %1 are done</source>
        <translation>%1 的穴位已全部完成</translation>
    </message>
    <message>
        <source>Next patient</source>
        <translation>下一位患者</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::HelpDialog</name>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>What the picture shows</source>
        <translation>图像说明</translation>
    </message>
    <message>
        <source>What this is</source>
        <translation>关于本软件</translation>
    </message>
    <message>
        <source>acuguide %1, %2 licence</source>
        <translation>acuguide %1，%2 许可证</translation>
    </message>
    <message>
        <source>&lt;p&gt;Frame round the picture and word beside it: cyan approach, green on course, yellow off course, red stop.&lt;/p&gt;&lt;p&gt;Needle: solid when seen, dashed when predicted, absent when lost. The circle at its tip is as large as the tip is uncertain. Blue bars behind it, or a ring with a dot: how the blade&apos;s edge has to lie. Target: cross in a ring. Corridor: pair of thin lines. Tissue planes: thin curves with a letter (S superficial, D deep aponeurosis, B bone). Dangers: hatched, with a name, and “?” when found by software. Dashed and not hatched, “nerve?” or “vessel?”: found by a network that is often wrong; a click on it, or Y and D, says whether it is one.&lt;/p&gt;&lt;p&gt;A click in the picture proposes a target there; Enter confirms it, Esc drops it, Ctrl+Z takes it back.&lt;/p&gt;&lt;p&gt;“–” is unknown. Lengths are in px while the size of a pixel is not known.&lt;/p&gt;</source>
        <translation>&lt;p&gt;图像边框及旁边的文字：青色为接近，绿色为方向正确，黄色为偏离，红色为停止。&lt;/p&gt;&lt;p&gt;针：看到时为实线，预测时为虚线，丢失时不显示。针尖圆圈的大小表示针尖位置的不确定度。针尖后的蓝色短线或带点圆环：刃线应有的方向。目标：圆环中的十字。通道：一对细线。组织层面：带字母的细曲线（S 浅层腱膜，D 深层腱膜，B 骨）。危险结构：带名称的斜线区域，由软件发现时带“?”。不带阴影线的虚线，“神经？”或“血管？”：由常会出错的神经网络找到；点击它，或按 Y 和 D，说明是不是。&lt;/p&gt;&lt;p&gt;点击图像可提出目标；Enter 确认，Esc 放弃，Ctrl+Z 撤销。&lt;/p&gt;&lt;p&gt;“–”表示未知。像素尺寸未知时，长度以 px 表示。&lt;/p&gt;</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::HintGlyphView</name>
    <message>
        <source>The needle as it lies in the image; dashed: as it has to lie</source>
        <translation>图像中针现在的位置；虚线：应有的位置</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::InsertionList</name>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Insertion %1: %2 to %3</source>
        <translation>进针 %1：%2 至 %3</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::InstrumentWindow</name>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>打开…</translation>
    </message>
    <message>
        <source>Open a source: device, recording, scanner, simulator</source>
        <translation>打开来源：采集设备、录像、超声机、模拟器</translation>
    </message>
    <message>
        <source>Plan…</source>
        <translation>计划…</translation>
    </message>
    <message>
        <source>Load a plan</source>
        <translation>载入计划</translation>
    </message>
    <message>
        <source>Save plan…</source>
        <translation>保存计划…</translation>
    </message>
    <message>
        <source>Save the plan as it is now</source>
        <translation>保存当前计划</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Take back the last change of plan or target</source>
        <translation>撤销计划或目标的上一次更改</translation>
    </message>
    <message>
        <source>Snapshot</source>
        <translation>截图</translation>
    </message>
    <message>
        <source>Save the picture, with overlays and as it came in</source>
        <translation>保存图像：带叠加标记的和原始的</translation>
    </message>
    <message>
        <source>Silence alarm</source>
        <translation>报警静音</translation>
    </message>
    <message>
        <source>Silence the alarm sound for 2 minutes</source>
        <translation>报警声静音 2 分钟</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>Full screen and back</source>
        <translation>全屏与还原</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>Keys, meaning of lines and colours, about</source>
        <translation>按键、线条和颜色的含义、关于</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>End the program</source>
        <translation>结束程序</translation>
    </message>
    <message>
        <source>Recent sources</source>
        <translation>最近的来源</translation>
    </message>
    <message>
        <source>Recent plans</source>
        <translation>最近的计划</translation>
    </message>
    <message>
        <source>Overlays</source>
        <translation>叠加标记</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>菜单</translation>
    </message>
    <message>
        <source>Plans (*.json)</source>
        <translation>计划 (*.json)</translation>
    </message>
    <message>
        <source>Save the plan</source>
        <translation>保存计划</translation>
    </message>
    <message>
        <source>Saved %1</source>
        <translation>已保存 %1</translation>
    </message>
    <message>
        <source>%1: median %2 ms, p95 %3 ms, max %4 ms</source>
        <translation>%1：中位数 %2 ms，p95 %3 ms，最大 %4 ms</translation>
    </message>
    <message>
        <source>Age of the picture on the screen</source>
        <translation>屏幕上图像的延迟</translation>
    </message>
    <message>
        <source>decoding</source>
        <translation>解码</translation>
    </message>
    <message>
        <source>imaging</source>
        <translation>图像分析</translation>
    </message>
    <message>
        <source>tracking</source>
        <translation>跟踪</translation>
    </message>
    <message>
        <source>guidance</source>
        <translation>引导</translation>
    </message>
    <message>
        <source>frame to screen</source>
        <translation>从帧到屏幕</translation>
    </message>
    <message>
        <source>Whole screen</source>
        <translation>整个屏幕</translation>
    </message>
    <message>
        <source>The whole screen that the source gives; again: its imaging region</source>
        <translation>信号源给出的整个屏幕；再按：仅成像区域</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::LandmarkWindow</name>
    <message>
        <source>acuguide – landmarks</source>
        <translation>acuguide – 体表标志</translation>
    </message>
    <message>
        <source>Touched (Enter)</source>
        <translation>已触及（回车）</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>pivot calibration of the stylus (JSON)</source>
        <translation>探针尖端标定结果 (JSON)</translation>
    </message>
    <message>
        <source>Listen to the tracker</source>
        <translation>连接跟踪仪</translation>
    </message>
    <message>
        <source>Measured with a tape</source>
        <translation>卷尺测量</translation>
    </message>
    <message>
        <source>Load…</source>
        <translation>载入…</translation>
    </message>
    <message>
        <source>Landmarks</source>
        <translation>体表标志</translation>
    </message>
    <message>
        <source>Landmarks (*.json)</source>
        <translation>体表标志 (*.json)</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>not touched</source>
        <translation>未触及</translation>
    </message>
    <message>
        <source>To touch landmarks, name the tracker that sees the stylus.</source>
        <translation>要触点标志，请指定能看到探针的跟踪仪。</translation>
    </message>
    <message>
        <source>Click in the camera&apos;s picture…</source>
        <translation>在相机画面中点击…</translation>
    </message>
    <message>
        <source>Where the tracker is a camera: click each landmark from two sides</source>
        <translation>跟踪器为相机时：从两个方向点击每个标志点</translation>
    </message>
    <message>
        <source>%1 taken, within %2 mm.</source>
        <translation>已记录%1，误差在 %2 mm 以内。</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::MetricsPanel</name>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Time inside tissue</source>
        <translation>组织内时间</translation>
    </message>
    <message>
        <source>Path length</source>
        <translation>路径长度</translation>
    </message>
    <message>
        <source>Path inside tissue</source>
        <translation>组织内路径</translation>
    </message>
    <message>
        <source>Inefficiency</source>
        <translation>低效率</translation>
    </message>
    <message>
        <source>Inefficiency, way in</source>
        <translation>低效率（进入）</translation>
    </message>
    <message>
        <source>Swept area</source>
        <translation>扫过面积</translation>
    </message>
    <message>
        <source>Translational motions</source>
        <translation>平移动作数</translation>
    </message>
    <message>
        <source>Rotational motions</source>
        <translation>旋转动作数</translation>
    </message>
    <message>
        <source>Punctures</source>
        <translation>穿刺次数</translation>
    </message>
    <message>
        <source>Target hit</source>
        <translation>命中目标</translation>
    </message>
    <message>
        <source>Closest to target</source>
        <translation>距目标最近</translation>
    </message>
    <message>
        <source>Advance, tip seen</source>
        <translation>可见针尖时推进</translation>
    </message>
    <message>
        <source>Angle error</source>
        <translation>角度误差</translation>
    </message>
    <message>
        <source>Depth error</source>
        <translation>深度误差</translation>
    </message>
    <message>
        <source>Overshoot</source>
        <translation>超过目标</translation>
    </message>
    <message>
        <source>Nearest danger</source>
        <translation>最近危险结构</translation>
    </message>
    <message>
        <source>Time off course</source>
        <translation>偏离时间</translation>
    </message>
    <message>
        <source>Strokes at target</source>
        <translation>目标处切割次数</translation>
    </message>
    <message>
        <source>Probe path</source>
        <translation>探头移动</translation>
    </message>
    <message>
        <source>Probe rotation</source>
        <translation>探头旋转</translation>
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
        <source>Experts: %1 to %2, median %3; pass mark %4 (%5 insertions)</source>
        <translation>专家：%1 至 %2，中位数 %3；合格线 %4（进针 %5 次）</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::OverlaySwitches</name>
    <message>
        <source>Planes</source>
        <translation>组织层面</translation>
    </message>
    <message>
        <source>Needle</source>
        <translation>针</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Corridor</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>Dangers</source>
        <translation>危险结构</translation>
    </message>
    <message>
        <source>Ruler</source>
        <translation>标尺</translation>
    </message>
    <message>
        <source>Orientation</source>
        <translation>方向标记</translation>
    </message>
    <message>
        <source>%1 in the picture (%2)</source>
        <translation>图像中的%1 (%2)</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>essential</source>
        <translation>必要</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>chosen</source>
        <translation>自选</translation>
    </message>
    <message>
        <source>Overlays: %1</source>
        <translation>标记：%1</translation>
    </message>
    <message>
        <source>Overlays: all, essential, none (O)</source>
        <translation>叠加标记：全部、必要、无 (O)</translation>
    </message>
    <message>
        <source>Muscle</source>
        <translation>肌肉</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::PlanControl</name>
    <message>
        <source>Plan %1 loaded</source>
        <translation>已载入计划 %1</translation>
    </message>
    <message>
        <source>Plan saved as %1</source>
        <translation>计划已保存为 %1</translation>
    </message>
    <message>
        <source>Target here? Enter confirms, Esc drops it</source>
        <translation>目标在这里？Enter 确认，Esc 放弃</translation>
    </message>
    <message>
        <source>No target set</source>
        <translation>未设目标</translation>
    </message>
    <message>
        <source>Target set in the picture</source>
        <translation>在图像中设定的目标</translation>
    </message>
    <message>
        <source>Target set; Ctrl+Z takes it back</source>
        <translation>目标已设定；Ctrl+Z 撤销</translation>
    </message>
    <message>
        <source>Back to plan %1</source>
        <translation>恢复计划 %1</translation>
    </message>
    <message>
        <source>Back to no plan</source>
        <translation>恢复为没有计划</translation>
    </message>
    <message>
        <source>Target set again where the plan has it in this picture</source>
        <translation>已在此图像中按计划位置重新设定目标</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::PlanPanel</name>
    <message>
        <source>No plan</source>
        <translation>没有计划</translation>
    </message>
    <message>
        <source>Load one: Ctrl+L. Or click the target in the picture, then Enter.</source>
        <translation>载入计划：Ctrl+L。或在图像中点击目标，再按 Enter。</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>计划</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::PlanWindow</name>
    <message>
        <source>acuguide – plan</source>
        <translation>acuguide – 计划</translation>
    </message>
    <message>
        <source>patient code, never a name</source>
        <translation>患者代码，绝不用姓名</translation>
    </message>
    <message>
        <source>LEFT</source>
        <translation>左</translation>
    </message>
    <message>
        <source>RIGHT</source>
        <translation>右</translation>
    </message>
    <message>
        <source>The patient&apos;s side: the paretic one as a rule</source>
        <translation>患者的侧别：通常为瘫痪侧</translation>
    </message>
    <message>
        <source>Landmarks…</source>
        <translation>体表标志…</translation>
    </message>
    <message>
        <source>%1 points located; %2</source>
        <translation>已定位 %1 个穴位；%2</translation>
    </message>
    <message>
        <source>all points</source>
        <translation>全部穴位</translation>
    </message>
    <message>
        <source>Select</source>
        <translation>选择</translation>
    </message>
    <message>
        <source>Click a danger zone to take it in hand</source>
        <translation>点击危险区以选中</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Click where the target is</source>
        <translation>点击目标所在处</translation>
    </message>
    <message>
        <source>Danger: ellipse</source>
        <translation>危险区：椭圆</translation>
    </message>
    <message>
        <source>Drag over what must be kept clear of</source>
        <translation>拖过须避开之处</translation>
    </message>
    <message>
        <source>Danger: polygon</source>
        <translation>危险区：多边形</translation>
    </message>
    <message>
        <source>Click corner by corner; Enter or a double click closes it</source>
        <translation>逐角点击；回车或双击闭合</translation>
    </message>
    <message>
        <source>danger</source>
        <translation>危险结构</translation>
    </message>
    <message>
        <source>Way in</source>
        <translation>进针路径</translation>
    </message>
    <message>
        <source>Dangers</source>
        <translation>危险结构</translation>
    </message>
    <message>
        <source>Checklist</source>
        <translation>核对表</translation>
    </message>
    <message>
        <source>at a depth</source>
        <translation>在某深度</translation>
    </message>
    <message>
        <source>target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>From the picture&apos;s centre line, positive to its right</source>
        <translation>距图像中线，右为正</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>its depth</source>
        <translation>其深度</translation>
    </message>
    <message>
        <source>from the centre</source>
        <translation>距中线</translation>
    </message>
    <message>
        <source>not deeper than</source>
        <translation>不深于</translation>
    </message>
    <message>
        <source>probe&apos;s face</source>
        <translation>探头面宽</translation>
    </message>
    <message>
        <source>instrument</source>
        <translation>针具</translation>
    </message>
    <message>
        <source>not said</source>
        <translation>未说明</translation>
    </message>
    <message>
        <source>along the limb</source>
        <translation>沿肢体</translation>
    </message>
    <message>
        <source>across the limb</source>
        <translation>横过肢体</translation>
    </message>
    <message>
        <source>picture lies</source>
        <translation>图像方位</translation>
    </message>
    <message>
        <source>strokes</source>
        <translation>切割次数</translation>
    </message>
    <message>
        <source>Folder of your instruments</source>
        <translation>您的针具文件夹</translation>
    </message>
    <message>
        <source>Why this way</source>
        <translation>为何选此路径</translation>
    </message>
    <message>
        <source>nerve</source>
        <translation>神经</translation>
    </message>
    <message>
        <source>vessel</source>
        <translation>血管</translation>
    </message>
    <message>
        <source>bone</source>
        <translation>骨</translation>
    </message>
    <message>
        <source>pleura</source>
        <translation>胸膜</translation>
    </message>
    <message>
        <source>tendon</source>
        <translation>肌腱</translation>
    </message>
    <message>
        <source>other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>as the atlas says</source>
        <translation>按图谱</translation>
    </message>
    <message>
        <source>through the picture</source>
        <translation>穿过图像</translation>
    </message>
    <message>
        <source>along the picture</source>
        <translation>沿图像</translation>
    </message>
    <message>
        <source>name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>kind</source>
        <translation>种类</translation>
    </message>
    <message>
        <source>runs</source>
        <translation>走行</translation>
    </message>
    <message>
        <source>to stay free</source>
        <translation>须留距离</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Load…</source>
        <translation>载入…</translation>
    </message>
    <message>
        <source>Load a plan</source>
        <translation>载入计划</translation>
    </message>
    <message>
        <source>Plans (*.json)</source>
        <translation>计划 (*.json)</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>Save the plan of the point in hand</source>
        <translation>保存当前穴位的计划</translation>
    </message>
    <message>
        <source>Save the plan</source>
        <translation>保存计划</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>打印…</translation>
    </message>
    <message>
        <source>The plan on one page, as a PDF</source>
        <translation>一页计划，PDF</translation>
    </message>
    <message>
        <source>The plan on one page</source>
        <translation>一页计划</translation>
    </message>
    <message>
        <source>PDF (*.pdf)</source>
        <translation>PDF (*.pdf)</translation>
    </message>
    <message>
        <source>Use this plan</source>
        <translation>使用此计划</translation>
    </message>
    <message>
        <source>Guide by this plan</source>
        <translation>按此计划引导</translation>
    </message>
    <message>
        <source>Plan %1 loaded</source>
        <translation>已载入计划 %1</translation>
    </message>
    <message>
        <source>Plan saved as %1</source>
        <translation>计划已保存为 %1</translation>
    </message>
    <message>
        <source>Plan printed to %1</source>
        <translation>计划已打印到 %1</translation>
    </message>
    <message>
        <source>avoid: %1</source>
        <translation>避开：%1</translation>
    </message>
    <message>
        <source>reference depth %1–%2 cun, for filiform needles</source>
        <translation>参考深度 %1–%2 寸，毫针</translation>
    </message>
    <message>
        <source>Never in pregnancy</source>
        <translation>妊娠期禁用</translation>
    </message>
    <message>
        <source>The atlas names: %1. What is not drawn is not kept clear of.</source>
        <translation>图谱列出：%1。未标绘的不会被避开。</translation>
    </message>
    <message>
        <source>Add a folder of yours…</source>
        <translation>添加您的文件夹…</translation>
    </message>
    <message>
        <source>From the left at %1</source>
        <translation>从左侧，%1</translation>
    </message>
    <message>
        <source>From the right at %1</source>
        <translation>从右侧，%1</translation>
    </message>
    <message>
        <source>The target&apos;s depth is not known</source>
        <translation>目标深度未知</translation>
    </message>
    <message>
        <source>No way in</source>
        <translation>没有可行路径</translation>
    </message>
    <message>
        <source>the plan&apos;s own</source>
        <translation>计划自带</translation>
    </message>
    <message>
        <source>The patient&apos;s landmarks, touched or measured: they check the side and give the points their place</source>
        <translation>患者的体表标志（触点或测量）：用于核对左右侧并确定穴位位置</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>示意图</translation>
    </message>
    <message>
        <source>This patient, in 3D</source>
        <translation>该患者，三维</translation>
    </message>
    <message>
        <source>Save the plan where it has changed, and guide by it (%1)</source>
        <translation>计划有改动则保存，并按其引导 (%1)</translation>
    </message>
    <message>
        <source>Save the plan to guide by</source>
        <translation>保存用于引导的计划</translation>
    </message>
    <message>
        <source>Guiding by %1</source>
        <translation>正按 %1 引导</translation>
    </message>
    <message>
        <source>The guiding window cannot be started: open it with &quot;acuguide guide --plan %1&quot;</source>
        <translation>无法启动引导窗口：请用 &quot;acuguide guide --plan %1&quot; 打开</translation>
    </message>
    <message>
        <source>No target here: it lies outside the image</source>
        <translation>此处不能设目标：在图像之外</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::PointsBar</name>
    <message>
        <source>%1: done; click to take it again</source>
        <translation>%1：已完成；点击可重新进行</translation>
    </message>
    <message>
        <source>%1: in hand</source>
        <translation>%1：正在进行</translation>
    </message>
    <message>
        <source>%1: to come; click to take it now</source>
        <translation>%1：待进行；点击可现在进行</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::PracticeWindow</name>
    <message>
        <source>acuguide – practice</source>
        <translation>acuguide – 练习</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>The insertion is over: show overlays and score</source>
        <translation>进针结束：显示叠加与评分</translation>
    </message>
    <message>
        <source>New limb</source>
        <translation>新肢体</translation>
    </message>
    <message>
        <source>Another limb, another point</source>
        <translation>另一肢体，另一穴位</translation>
    </message>
    <message>
        <source>Hints</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Show the overlays while practising</source>
        <translation>练习时显示叠加</translation>
    </message>
    <message>
        <source>Advance</source>
        <translation>推进</translation>
    </message>
    <message>
        <source>Along the shaft, deeper</source>
        <translation>沿针体更深</translation>
    </message>
    <message>
        <source>Withdraw</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Along the shaft, out</source>
        <translation>沿针体退出</translation>
    </message>
    <message>
        <source>Steeper</source>
        <translation>更陡</translation>
    </message>
    <message>
        <source>Turn the blade about the skin</source>
        <translation>以皮肤为轴转动针刀</translation>
    </message>
    <message>
        <source>Shallower</source>
        <translation>更缓</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>评分</translation>
    </message>
    <message>
        <source>The blade never went in</source>
        <translation>针刀未进入</translation>
    </message>
    <message>
        <source>Reach the target: %1. Drag up and down to advance and withdraw, left and right to turn; the wheel moves by 0.5 mm.</source>
        <translation>到达目标：%1。上下拖动推进或退出，左右拖动转动；滚轮每次移动 0.5 mm。</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::ReadOut</name>
    <message>
        <source>Waiting for the first picture</source>
        <translation>等待第一幅图像</translation>
    </message>
    <message>
        <source>No guidance: the picture is old. Stop the blade</source>
        <translation>无引导：图像已过时。停止进刀</translation>
    </message>
    <message>
        <source>Guidance is withheld. Space: live again</source>
        <translation>引导已暂停。空格键：恢复实时</translation>
    </message>
    <message>
        <source>Load one: Ctrl+L, or click the target</source>
        <translation>载入计划：Ctrl+L，或点击目标</translation>
    </message>
    <message>
        <source>The recording has ended: nothing is guided</source>
        <translation>录像已结束：不再引导</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::ReplayWindow</name>
    <message>
        <source>acuguide – replay</source>
        <translation>acuguide – 回放</translation>
    </message>
    <message>
        <source>%1–%2</source>
        <translation>%1–%2</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>This frame</source>
        <translation>此帧</translation>
    </message>
    <message>
        <source>Insertions</source>
        <translation>进针</translation>
    </message>
    <message>
        <source>Recorded</source>
        <translation>记录时</translation>
    </message>
    <message>
        <source>What was said when it was recorded, beside today&apos;s analysis</source>
        <translation>将记录时的分析与今天的分析并列</translation>
    </message>
    <message>
        <source>Bookmark</source>
        <translation>书签</translation>
    </message>
    <message>
        <source>Mark this frame</source>
        <translation>标记此帧</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Write a note at this frame</source>
        <translation>在此帧写备注</translation>
    </message>
    <message>
        <source>Next event</source>
        <translation>下一事件</translation>
    </message>
    <message>
        <source>Go to the next mark</source>
        <translation>转到下一个标记</translation>
    </message>
    <message>
        <source>Last event</source>
        <translation>上一事件</translation>
    </message>
    <message>
        <source>Go to the mark before</source>
        <translation>转到上一个标记</translation>
    </message>
    <message>
        <source>%1, aligned at skin contact</source>
        <translation>%1，按皮肤接触对齐</translation>
    </message>
    <message>
        <source>%1, from the beginning</source>
        <translation>%1，从开头</translation>
    </message>
    <message>
        <source>%1: is no recorded session</source>
        <translation>%1：不是已记录的会话</translation>
    </message>
    <message>
        <source>As recorded</source>
        <translation>记录时</translation>
    </message>
    <message>
        <source>%1 s after skin contact</source>
        <translation>皮肤接触后 %1 s</translation>
    </message>
    <message>
        <source>Only recorded sessions keep bookmarks and notes</source>
        <translation>只有已记录的会话保存书签和备注</translation>
    </message>
    <message>
        <source>bookmark</source>
        <translation>书签</translation>
    </message>
    <message>
        <source>Marked frame %1</source>
        <translation>已标记第 %1 帧</translation>
    </message>
    <message>
        <source>Note at this frame</source>
        <translation>此帧的备注</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::ResidualPlot</name>
    <message>
        <source>mm</source>
        <translation>mm</translation>
    </message>
    <message>
        <source>Calibration, error of each frame: %1</source>
        <translation>校准，各帧误差：%1</translation>
    </message>
    <message>
        <source>Validation: %1</source>
        <translation>验证：%1</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::ReviewPanel</name>
    <message>
        <source>No insertion was found in this session</source>
        <translation>此会话中未发现进针</translation>
    </message>
    <message>
        <source>Insertion %1 of %2</source>
        <translation>进针 %1 / %2</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::SectionPainter</name>
    <message>
        <source> mm</source>
        <translation> mm</translation>
    </message>
    <message>
        <source>probe</source>
        <translation>探头</translation>
    </message>
    <message>
        <source>not deeper than %1 mm</source>
        <translation>不深于 %1 mm</translation>
    </message>
    <message>
        <source>The depth of this target is found in the picture: give it here to plan the way in.</source>
        <translation>此目标的深度须在图像中得出：在此输入以规划路径。</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::ServingNotice</name>
    <message>
        <source>Network: %1 was refused, as many as may be are connected (%2)</source>
        <translation>网络：已拒绝 %1，连接数已达上限（%2）</translation>
    </message>
    <message>
        <source>Network: a client that reads too slowly was let go</source>
        <translation>网络：读取过慢的客户端已断开</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::SidePicture</name>
    <message>
        <source>depth %1</source>
        <translation>深度 %1</translation>
    </message>
    <message>
        <source>to target %1</source>
        <translation>距目标 %1</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::SittingPage</name>
    <message>
        <source>LEFT</source>
        <translation>左</translation>
    </message>
    <message>
        <source>RIGHT</source>
        <translation>右</translation>
    </message>
    <message>
        <source>A sitting</source>
        <translation>一次治疗</translation>
    </message>
    <message>
        <source>1  Patient</source>
        <translation>1  患者</translation>
    </message>
    <message>
        <source>Code, never a name: P07</source>
        <translation>代码，不是姓名：P07</translation>
    </message>
    <message>
        <source>Affected side</source>
        <translation>患侧</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>左</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>右</translation>
    </message>
    <message>
        <source>Both, or not known</source>
        <translation>双侧或不详</translation>
    </message>
    <message>
        <source>2  Side and points</source>
        <translation>2  侧别和穴位</translation>
    </message>
    <message>
        <source>Search: code or name</source>
        <translation>搜索：代码或名称</translation>
    </message>
    <message>
        <source>All points</source>
        <translation>全部穴位</translation>
    </message>
    <message>
        <source>3  Begin</source>
        <translation>3  开始</translation>
    </message>
    <message>
        <source>A click on a point takes it, or takes it away</source>
        <translation>点击穴位可选中或取消</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>the patient&apos;s code</source>
        <translation>患者代码</translation>
    </message>
    <message>
        <source>Give the patient&apos;s code first.</source>
        <translation>请先输入患者代码。</translation>
    </message>
    <message>
        <source>Choose the side: LEFT or RIGHT.</source>
        <translation>选择侧别：左或右。</translation>
    </message>
    <message>
        <source>Choose the points: in the list, or on the figure.</source>
        <translation>选择穴位：在列表或图上。</translation>
    </message>
    <message>
        <source>%1   last %2</source>
        <translation>%1   上次 %2</translation>
    </message>
    <message>
        <source>Points of %1</source>
        <translation>%1 的穴位</translation>
    </message>
    <message>
        <source>Go on with %1</source>
        <translation>继续 %1</translation>
    </message>
    <message>
        <source>The affected side is %1: it will be asked at the point.</source>
        <translation>患侧是%1：到穴位时会再问。</translation>
    </message>
    <message>
        <source>At most %1 points a session.</source>
        <translation>每次最多 %1 个穴位。</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::SliceView</name>
    <message>
        <source>Axial</source>
        <translation>轴位</translation>
    </message>
    <message>
        <source>Coronal</source>
        <translation>冠状位</translation>
    </message>
    <message>
        <source>Sagittal</source>
        <translation>矢状位</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::SourceControl</name>
    <message>
        <source>Opening %1 …</source>
        <translation>正在打开 %1 …</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::SourceDialog</name>
    <message>
        <source>Choose a source</source>
        <translation>选择来源</translation>
    </message>
    <message>
        <source>Capture device</source>
        <translation>采集设备</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>录像</translation>
    </message>
    <message>
        <source>Scanner</source>
        <translation>超声机</translation>
    </message>
    <message>
        <source>Simulator</source>
        <translation>模拟器</translation>
    </message>
    <message>
        <source>Video capture devices of this computer. A click opens one.</source>
        <translation>本机的视频采集设备。点击即打开。</translation>
    </message>
    <message>
        <source>No capture device is there. Plug one in, then look again.</source>
        <translation>没有采集设备。请接上设备后重新查找。</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>重新查找</translation>
    </message>
    <message>
        <source>A video file, a MetaImage or NRRD sequence, or a folder of images. It can also be dropped on the window.</source>
        <translation>视频文件、MetaImage 或 NRRD 序列，或图像文件夹。也可以拖到窗口上。</translation>
    </message>
    <message>
        <source>File…</source>
        <translation>文件…</translation>
    </message>
    <message>
        <source>Folder of images…</source>
        <translation>图像文件夹…</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>最近</translation>
    </message>
    <message>
        <source>Write where the pictures come from. These forms are known:</source>
        <translation>写明图像来自哪里。支持以下形式：</translation>
    </message>
    <message>
        <source>gst:v4l2src ! videoconvert</source>
        <translation>gst:v4l2src ! videoconvert</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Simulated ultrasound with a blade going in. A click starts one.</source>
        <translation>模拟的超声图像和进刀过程。点击即开始。</translation>
    </message>
    <message>
        <source>This build has no simulator.</source>
        <translation>此版本不含模拟器。</translation>
    </message>
    <message>
        <source>Open a recording</source>
        <translation>打开录像</translation>
    </message>
    <message>
        <source>Open a folder of images</source>
        <translation>打开图像文件夹</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::StartPage</name>
    <message>
        <source>Recent</source>
        <translation>最近</translation>
    </message>
    <message>
        <source>Where do the pictures come from?</source>
        <translation>图像来自哪里？</translation>
    </message>
    <message>
        <source>Use a capture device</source>
        <translation>使用采集设备</translation>
    </message>
    <message>
        <source>The scanner&apos;s video output on this computer&apos;s frame grabber</source>
        <translation>超声机的视频输出接到本机的采集卡</translation>
    </message>
    <message>
        <source>Open a recording</source>
        <translation>打开录像</translation>
    </message>
    <message>
        <source>A video, a sequence, or a folder of images</source>
        <translation>视频、序列或图像文件夹</translation>
    </message>
    <message>
        <source>Connect to a scanner</source>
        <translation>连接超声机</translation>
    </message>
    <message>
        <source>Over the network or through a GStreamer pipeline</source>
        <translation>通过网络或 GStreamer 管道</translation>
    </message>
    <message>
        <source>Try the simulator</source>
        <translation>试用模拟器</translation>
    </message>
    <message>
        <source>Simulated ultrasound with a blade going to its target</source>
        <translation>模拟的超声图像，针刀走向目标</translation>
    </message>
    <message>
        <source>Calibrate a probe</source>
        <translation>校准探头</translation>
    </message>
    <message>
        <source>The engineer&apos;s bench: calibrations there are, and new ones from recorded sweeps</source>
        <translation>工程师校准台：已有的校准，以及用录制的扫查进行的新校准</translation>
    </message>
    <message>
        <source>Begin a sitting</source>
        <translation>开始治疗</translation>
    </message>
    <message>
        <source>Patient, side and points, then guide, point by point</source>
        <translation>患者、侧别和穴位，然后逐穴引导</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::StatementPanel</name>
    <message>
        <source>Understood</source>
        <translation>知道了</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::StatusStrip</name>
    <message>
        <source>State of the connection to the source</source>
        <translation>与来源的连接状态</translation>
    </message>
    <message>
        <source>Age of the picture on the screen</source>
        <translation>屏幕上图像的延迟</translation>
    </message>
    <message>
        <source>Pixel spacing; without it lengths are in pixels</source>
        <translation>像素间距；未知时长度以像素表示</translation>
    </message>
    <message>
        <source>Guidance and alarm sound</source>
        <translation>引导声和报警声</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>录像</translation>
    </message>
    <message>
        <source>no source</source>
        <translation>没有来源</translation>
    </message>
    <message>
        <source>%1 fps</source>
        <translation>%1 fps</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>age %1</source>
        <translation>延迟 %1</translation>
    </message>
    <message>
        <source>● REC %1</source>
        <translation>● 录制 %1</translation>
    </message>
    <message>
        <source>%1 (N: on and off)</source>
        <translation>%1（N：开和关）</translation>
    </message>
    <message>
        <source>LEFT</source>
        <translation>左</translation>
    </message>
    <message>
        <source>RIGHT</source>
        <translation>右</translation>
    </message>
    <message>
        <source>Frames a second that arrive; %1 dropped (not analysed because a newer one was there), %2 late (gap longer than one and a half frame times), %3 repeated (the same pixels as the one before)</source>
        <translation>每秒到达的帧数；%1 帧丢弃（已有更新的帧而未分析），%2 帧迟到（间隔超过一帧半），%3 帧重复（像素与前一帧相同）</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::StepsLine</name>
    <message>
        <source>The needle points at the target</source>
        <translation>针指向目标</translation>
    </message>
    <message>
        <source>Contraindications have been asked for today, and there is none (C)</source>
        <translation>今日已询问禁忌证，没有 (C)</translation>
    </message>
    <message>
        <source>The probe is over the point, and the target lies on its tissue (Enter)</source>
        <translation>探头在穴位上，目标在其组织上（回车）</translation>
    </message>
    <message>
        <source>The tip is in tissue and on its course</source>
        <translation>针尖在组织内且在路径上</translation>
    </message>
    <message>
        <source>The last 5 mm of the way</source>
        <translation>最后 5 mm</translation>
    </message>
    <message>
        <source>The tip is at the plane; strokes are counted</source>
        <translation>针尖在该层；计切割次数</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::Stylus</name>
    <message>
        <source>The stylus is seen.</source>
        <translation>已看到探针。</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>正在连接…</translation>
    </message>
    <message>
        <source>The source has ended.</source>
        <translation>信号源已结束。</translation>
    </message>
    <message>
        <source>Hidden from the tracker: %1</source>
        <translation>跟踪仪看不到：%1</translation>
    </message>
    <message>
        <source>The tracker knows no stylus tip: give its pivot calibration.</source>
        <translation>跟踪仪不知道探针尖端：请给出其尖端标定结果。</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::Timeline</name>
    <message>
        <source>Drag: scrub. Wheel: zoom. Shift+wheel: move. Shift+drag: loop. Double click: all</source>
        <translation>拖动：浏览。滚轮：缩放。Shift+滚轮：移动。Shift+拖动：循环。双击：全部</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::TimelinePainter</name>
    <message>
        <source>to %1</source>
        <translation>至 %1</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Tip seen</source>
        <translation>看到针尖</translation>
    </message>
    <message>
        <source>Tip depth</source>
        <translation>针尖深度</translation>
    </message>
    <message>
        <source>Danger</source>
        <translation>危险</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>事件</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::TransportBar</name>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Play and pause</source>
        <translation>播放与暂停</translation>
    </message>
    <message>
        <source>Ten frames back</source>
        <translation>后退十帧</translation>
    </message>
    <message>
        <source>One frame back</source>
        <translation>后退一帧</translation>
    </message>
    <message>
        <source>One frame on</source>
        <translation>前进一帧</translation>
    </message>
    <message>
        <source>Ten frames on</source>
        <translation>前进十帧</translation>
    </message>
    <message>
        <source>Slower</source>
        <translation>减速</translation>
    </message>
    <message>
        <source>Faster</source>
        <translation>加速</translation>
    </message>
    <message>
        <source>Loop begins here</source>
        <translation>循环从这里开始</translation>
    </message>
    <message>
        <source>Loop ends here</source>
        <translation>循环到这里结束</translation>
    </message>
    <message>
        <source>Loop</source>
        <translation>循环</translation>
    </message>
    <message>
        <source>Loop on and off</source>
        <translation>打开和关闭循环</translation>
    </message>
    <message>
        <source>frame %1 / %2   %3</source>
        <translation>帧 %1 / %2   %3</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::VolumeWindow</name>
    <message>
        <source>F, B: next and previous slice   Shift+move: all slices here   V: slices in space   G: structures   R: reset</source>
        <translation>F、B：下一切面和上一切面   Shift+移动：所有切面到此处   V：空间中的切面   G：结构   R：复位</translation>
    </message>
    <message>
        <source>possible bone</source>
        <translation>可能的骨</translation>
    </message>
    <message>
        <source>possible deep fascia</source>
        <translation>可能的深筋膜</translation>
    </message>
    <message>
        <source>possible vessel</source>
        <translation>可能的血管</translation>
    </message>
    <message>
        <source>possible nerve</source>
        <translation>可能的神经</translation>
    </message>
    <message>
        <source>window %1   level %2</source>
        <translation>窗宽 %1   窗位 %2</translation>
    </message>
    <message>
        <source>grey level %1</source>
        <translation>灰度 %1</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::ZonePrompt</name>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
</context>
<context>
    <name>acuguide::ui::wording</name>
    <message>
        <source>%1 mm</source>
        <translation>%1 mm</translation>
    </message>
    <message>
        <source>mm</source>
        <translation>mm</translation>
    </message>
    <message>
        <source>px</source>
        <translation>px</translation>
    </message>
    <message>
        <source>%1 px</source>
        <translation>%1 px</translation>
    </message>
    <message>
        <source>NO NEEDLE</source>
        <translation>未见针</translation>
    </message>
    <message>
        <source>APPROACH</source>
        <translation>接近</translation>
    </message>
    <message>
        <source>ON COURSE</source>
        <translation>方向正确</translation>
    </message>
    <message>
        <source>OFF COURSE</source>
        <translation>偏离</translation>
    </message>
    <message>
        <source>AT TARGET</source>
        <translation>到达目标</translation>
    </message>
    <message>
        <source>STOP</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>NO PICTURE</source>
        <translation>没有图像</translation>
    </message>
    <message>
        <source>STALE</source>
        <translation>已过时</translation>
    </message>
    <message>
        <source>FROZEN</source>
        <translation>已冻结</translation>
    </message>
    <message>
        <source>NO PLAN</source>
        <translation>没有计划</translation>
    </message>
    <message>
        <source>PAUSED</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>ENDED</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>NO GUIDANCE</source>
        <translation>无引导</translation>
    </message>
    <message>
        <source>Target plane not seen: move the probe until it shows</source>
        <translation>看不到目标层面：移动探头直到显示</translation>
    </message>
    <message>
        <source>Scale unknown: calibrate, or click the target</source>
        <translation>比例未知：请校准，或点击目标</translation>
    </message>
    <message>
        <source>Needle lost: hold still, tilt the probe</source>
        <translation>针丢失：保持不动，倾斜探头</translation>
    </message>
    <message>
        <source>Needle only predicted: hold still until it shows</source>
        <translation>针仅为预测：保持不动直到显示</translation>
    </message>
    <message>
        <source>Beside the corridor</source>
        <translation>在通道之外</translation>
    </message>
    <message>
        <source>Pointing away from the target</source>
        <translation>没有指向目标</translation>
    </message>
    <message>
        <source>Danger close: stop and withdraw</source>
        <translation>接近危险结构：停止并后退</translation>
    </message>
    <message>
        <source>Deeper than the plan allows: stop and withdraw</source>
        <translation>超过计划允许的深度：停止并后退</translation>
    </message>
    <message>
        <source>Tip is past the target: stop and withdraw</source>
        <translation>针尖已越过目标：停止并后退</translation>
    </message>
    <message>
        <source>Picture is not live: stop the blade, check the scanner and its cable</source>
        <translation>图像不是实时的：停止进刀，检查超声机和电缆</translation>
    </message>
    <message>
        <source>Source lost: check the cable; it reconnects by itself</source>
        <translation>来源中断：检查电缆；会自动重新连接</translation>
    </message>
    <message>
        <source>Source lost (%1): it reconnects by itself</source>
        <translation>来源中断（%1）：会自动重新连接</translation>
    </message>
    <message>
        <source>Source cannot be used: open another (Ctrl+O)</source>
        <translation>来源无法使用：请打开另一个 (Ctrl+O)</translation>
    </message>
    <message>
        <source>Source cannot be used: %1</source>
        <translation>来源无法使用：%1</translation>
    </message>
    <message>
        <source>Needle lost: hold the blade still, tilt the probe until it shows</source>
        <translation>针丢失：针刀保持不动，倾斜探头直到显示</translation>
    </message>
    <message>
        <source>%1 close: stop and withdraw</source>
        <translation>接近%1：停止并后退</translation>
    </message>
    <message>
        <source>Not calibrated: lengths are pixels; calibrate or give the scale (--spacing-mm)</source>
        <translation>未校准：长度以像素表示；请校准或给出比例 (--spacing-mm)</translation>
    </message>
    <message>
        <source>No millimetres: %1</source>
        <translation>没有毫米：%1</translation>
    </message>
    <message>
        <source>Recording skips frames: computer too busy</source>
        <translation>录制丢帧：计算机太忙</translation>
    </message>
    <message>
        <source>Recording skips frames: disk too slow</source>
        <translation>录制丢帧：磁盘太慢</translation>
    </message>
    <message>
        <source>The disk will be full in %1 s: recording will stop then</source>
        <translation>磁盘将在 %1 秒后写满：届时录制会停止</translation>
    </message>
    <message>
        <source>Recording stopped: check the disk, then record again (R)</source>
        <translation>录制已停止：检查磁盘，再重新录制 (R)</translation>
    </message>
    <message>
        <source>Recording stopped: %1</source>
        <translation>录制已停止：%1</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>正在连接</translation>
    </message>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>中断</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>not seen</source>
        <translation>未见</translation>
    </message>
    <message>
        <source>predicted</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>seen</source>
        <translation>可见</translation>
    </message>
    <message>
        <source>skin</source>
        <translation>皮肤</translation>
    </message>
    <message>
        <source>superficial aponeurosis</source>
        <translation>浅层腱膜</translation>
    </message>
    <message>
        <source>deep aponeurosis</source>
        <translation>深层腱膜</translation>
    </message>
    <message>
        <source>fascia</source>
        <translation>筋膜</translation>
    </message>
    <message>
        <source>bone</source>
        <translation>骨</translation>
    </message>
    <message>
        <source>not calibrated: px</source>
        <translation>未校准：px</translation>
    </message>
    <message>
        <source>scale %1 mm/px</source>
        <translation>比例 %1 mm/px</translation>
    </message>
    <message>
        <source>target %1 deep</source>
        <translation>目标深 %1</translation>
    </message>
    <message>
        <source>target on the %1</source>
        <translation>目标在%1上</translation>
    </message>
    <message>
        <source>target at pixel %1, %2</source>
        <translation>目标在像素 %1, %2</translation>
    </message>
    <message>
        <source>left</source>
        <translation>左侧</translation>
    </message>
    <message>
        <source>right</source>
        <translation>右侧</translation>
    </message>
    <message>
        <source>patient %1</source>
        <translation>患者 %1</translation>
    </message>
    <message>
        <source>corridor %1</source>
        <translation>通道 %1</translation>
    </message>
    <message>
        <source>not deeper than %1</source>
        <translation>不超过 %1</translation>
    </message>
    <message>
        <source>entry from the left</source>
        <translation>从左侧进针</translation>
    </message>
    <message>
        <source>entry from the right</source>
        <translation>从右侧进针</translation>
    </message>
    <message>
        <source>acuguide is research and training software. It is not a medical device and must not be the basis of a clinical decision.</source>
        <translation>acuguide 是研究和培训软件，不是医疗器械，不得作为临床决策的依据。</translation>
    </message>
    <message>
        <source>Target may have left its tissue: press Enter to set it again, or click it</source>
        <translation>目标可能已离开原组织：按 Enter 重新设定，或点击目标</translation>
    </message>
    <message>
        <source>Is the probe over the point? Enter confirms it</source>
        <translation>探头在穴位上吗？回车确认</translation>
    </message>
    <message>
        <source>Needle lost while advancing: stop, hold still, tilt the probe until it shows</source>
        <translation>推进中丢失针：停，保持不动，倾斜探头直至显现</translation>
    </message>
    <message>
        <source>As many strokes as planned: withdraw, press for a minute, watch for bleeding</source>
        <translation>已达计划次数：退针，按压一分钟，观察出血</translation>
    </message>
    <message>
        <source>Tracked and seen needle are %1 mm apart: check markers and calibration</source>
        <translation>跟踪针与所见针相距 %1 mm：检查标记和校准</translation>
    </message>
    <message>
        <source>checklist</source>
        <translation>核对表</translation>
    </message>
    <message>
        <source>point</source>
        <translation>穴位</translation>
    </message>
    <message>
        <source>aligned</source>
        <translation>对准</translation>
    </message>
    <message>
        <source>advancing</source>
        <translation>推进</translation>
    </message>
    <message>
        <source>last 5 mm</source>
        <translation>最后 5 mm</translation>
    </message>
    <message>
        <source>at plane</source>
        <translation>在层面</translation>
    </message>
    <message>
        <source>stop</source>
        <translation>停</translation>
    </message>
    <message>
        <source>→ %1</source>
        <translation>→ %1</translation>
    </message>
    <message>
        <source>← %1</source>
        <translation>← %1</translation>
    </message>
    <message>
        <source>⊗ %1 behind the picture</source>
        <translation>⊗ 图像后方 %1</translation>
    </message>
    <message>
        <source>⊙ %1 before the picture</source>
        <translation>⊙ 图像前方 %1</translation>
    </message>
    <message>
        <source>Point not shown: the probe is not calibrated (%1)</source>
        <translation>不显示穴位：探头未校准（%1）</translation>
    </message>
    <message>
        <source>Point not shown: no pose leads there (%1)</source>
        <translation>不显示穴位：没有相应位姿（%1）</translation>
    </message>
    <message>
        <source>Point not shown: %1 is hidden from the tracker</source>
        <translation>不显示穴位：%1 被遮挡</translation>
    </message>
    <message>
        <source>Hold: perhaps a nerve or vessel. Y: it is one, D: it is not</source>
        <translation>停住：可能是神经或血管。Y：是，D：不是</translation>
    </message>
    <message>
        <source>Possible nerve within its margin: hold and look. Y: it is one, D: it is not</source>
        <translation>在可能的神经的安全距离内：停住查看。Y：是，D：不是</translation>
    </message>
    <message>
        <source>Possible vessel within its margin: hold and look. Y: it is one, D: it is not</source>
        <translation>在可能的血管的安全距离内：停住查看。Y：是，D：不是</translation>
    </message>
    <message>
        <source>The image does not change: stop the blade. Is the scanner frozen, the signal lost?</source>
        <translation>图像没有变化：请停止进刀。扫描仪是否已冻结，信号是否丢失？</translation>
    </message>
    <message>
        <source>A part of the program has failed: stop the blade; the image goes on (%1)</source>
        <translation>程序的一部分已失败：请停止进刀；图像继续显示 (%1)</translation>
    </message>
    <message>
        <source>Network: other computers may not get the images (%1); guidance goes on</source>
        <translation>网络：其他计算机可能收不到图像 (%1)；引导继续</translation>
    </message>
    <message>
        <source>The window did not answer for %1 s: what it showed was old</source>
        <translation>窗口有 %1 s 没有响应：其间所显示的内容已过时</translation>
    </message>
    <message>
        <source>Source: %1</source>
        <translation>信号源：%1</translation>
    </message>
    <message>
        <source>possible nerve?</source>
        <translation>可能是神经？</translation>
    </message>
    <message>
        <source>possible vessel?</source>
        <translation>可能是血管？</translation>
    </message>
    <message>
        <source>Nerves/vessels: off</source>
        <translation>神经/血管：关</translation>
    </message>
    <message>
        <source>Nerves/vessels: not sure</source>
        <translation>神经/血管：不确定</translation>
    </message>
    <message>
        <source>Nerves/vessels: on</source>
        <translation>神经/血管：开</translation>
    </message>
    <message>
        <source>Nerves/vessels: on, %1 dismissed</source>
        <translation>神经/血管：开，已排除 %1 个</translation>
    </message>
    <message>
        <source>Looked for by a network that misses some and takes other things for them</source>
        <translation>由神经网络查找：会漏掉一些，也会误认</translation>
    </message>
    <message>
        <source>Nobody looks for them: none shown does not mean none there</source>
        <translation>未查找：没有显示不等于没有</translation>
    </message>
    <message>
        <source>The network cannot run: none shown does not mean none there</source>
        <translation>神经网络无法运行：没有显示不等于没有</translation>
    </message>
    <message>
        <source>No answer yet</source>
        <translation>尚无结果</translation>
    </message>
    <message>
        <source>The picture is unlike those the network learnt from: none shown does not mean none there</source>
        <translation>图像与神经网络学习过的不同：没有显示不等于没有</translation>
    </message>
    <message>
        <source>No answer that is young enough: none shown does not mean none there</source>
        <translation>没有足够新的结果：没有显示不等于没有</translation>
    </message>
    <message>
        <source>The tissue is not recognised in this picture: what was found in it is not shown</source>
        <translation>此图像中无法识别组织：已找到的不显示</translation>
    </message>
    <message>
        <source>Target deeper than the plan allows: click its plane, or change the plan</source>
        <translation>目标深于计划允许的深度：请点选其所在层面，或修改计划</translation>
    </message>
    <message>
        <source>Hold: the tracker has the needle elsewhere. Check markers and calibration</source>
        <translation>请停住：跟踪器显示针在别处。请检查标记和校准</translation>
    </message>
    <message>
        <source>Complete the contraindication checklist first (C)</source>
        <translation>请先完成禁忌证核对表 (C)</translation>
    </message>
    <message>
        <source>Target lies outside the image: move the probe, or click another target</source>
        <translation>目标在图像之外：移动探头，或点击另一目标</translation>
    </message>
    <message>
        <source>%1: %2 away, safety margin %3</source>
        <translation>%1：距离 %2，安全边距 %3</translation>
    </message>
    <message>
        <source>Tip %1 deep, maximum depth %2</source>
        <translation>针尖深 %1，最大深度 %2</translation>
    </message>
    <message>
        <source>Tip %1 past the target</source>
        <translation>针尖越过目标 %1</translation>
    </message>
    <message>
        <source>▸ checklist (C)</source>
        <translation>▸ 核对表 (C)</translation>
    </message>
    <message>
        <source>▸ confirm point (Enter)</source>
        <translation>▸ 确认穴位 (Enter)</translation>
    </message>
    <message>
        <source>Hold: the tip is not certain. Tilt the probe until the needle&apos;s end shows</source>
        <translation>请停住：针尖位置不确定。请倾斜探头直到看到针的末端</translation>
    </message>
    <message>
        <source>Hold: tip or target lies behind the bone&apos;s surface. Check the needle, or click another target</source>
        <translation>请停住：针尖或目标位于骨面之后。请核对针，或点击另一个目标</translation>
    </message>
    <message>
        <source>▸ bring the needle into the image</source>
        <translation>▸ 将针移入图像</translation>
    </message>
    <message>
        <source>%1 o&apos;clock</source>
        <translation>%1点钟</translation>
    </message>
    <message>
        <source>Blade direction not known: follow nerve and vessel</source>
        <translation>刃线方向未知：沿神经和血管走向</translation>
    </message>
    <message>
        <source>Blade at %1, as planned</source>
        <translation>刃线在%1，与计划一致</translation>
    </message>
    <message>
        <source>Turn the blade to %1, as planned</source>
        <translation>将刃线转到%1，按计划</translation>
    </message>
    <message>
        <source>Blade at %1: parallel to %2</source>
        <translation>刃线在%1：平行于 %2</translation>
    </message>
    <message>
        <source>Turn the blade to %1: parallel to %2</source>
        <translation>将刃线转到%1：平行于 %2</translation>
    </message>
    <message>
        <source>(atlas)</source>
        <translation>（图谱）</translation>
    </message>
    <message>
        <source>steeper %1</source>
        <translation>更陡 %1</translation>
    </message>
    <message>
        <source>shallower %1</source>
        <translation>更平 %1</translation>
    </message>
    <message>
        <source>move left %1</source>
        <translation>向左移 %1</translation>
    </message>
    <message>
        <source>move right %1</source>
        <translation>向右移 %1</translation>
    </message>
    <message>
        <source>advance %1</source>
        <translation>进针 %1</translation>
    </message>
    <message>
        <source>WITHDRAW %1</source>
        <translation>退针 %1</translation>
    </message>
    <message>
        <source>WITHDRAW</source>
        <translation>退针</translation>
    </message>
    <message>
        <source>hold</source>
        <translation>保持</translation>
    </message>
</context>
</TS>
